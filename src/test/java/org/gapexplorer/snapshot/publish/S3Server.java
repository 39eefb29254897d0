package org.gapexplorer.snapshot.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** S3Proxy in a process of its own, which keeps objects as files in a folder. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "snaps";
    public static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "tester", "AWS_SECRET_ACCESS_KEY", "not a secret");

    private static final Path JAR = Path.of("target/test-servers/s3proxy-jar-with-dependencies.jar");

    private final Path folder;
    private final int port;
    private Process process;

    private S3Server(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** @param folder empty; one of its folders is the bucket */
    public static S3Server start(Path folder) throws IOException, InterruptedException {
        assertThat(JAR).as("what the build copies for the tests").exists();
        credentials();
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        S3Server server = new S3Server(folder, freePort());
        Files.writeString(server.folder.resolve("s3.properties"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=none
                jclouds.credential=none
                """.formatted(
                        server.endpoint(),
                        CREDENTIALS.get("AWS_ACCESS_KEY_ID"),
                        CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"),
                        folder.resolve("data")));
        server.comeBack();
        return server;
    }

    /** For the client of this process, which reads them as it reads the environment. */
    static void credentials() {
        System.setProperty("aws.accessKeyId", CREDENTIALS.get("AWS_ACCESS_KEY_ID"));
        System.setProperty("aws.secretAccessKey", CREDENTIALS.get("AWS_SECRET_ACCESS_KEY"));
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Where an object lies. */
    public Path object(String key) {
        return folder.resolve("data").resolve(BUCKET).resolve(key);
    }

    public void goAway() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public void comeBack() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString(),
                        "--properties",
                        folder.resolve("s3.properties").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3.log").toFile())
                .start();
        for (int i = 0; i < 600 && !listens(); i++) {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve("s3.log")))
                    .isTrue();
            Thread.sleep(100);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        goAway();
    }
}
