package org.gapexplorer.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Answers each request with the very bytes it is told to, and closes the connection. */
final class RawServer implements AutoCloseable {
    private static final int LONGEST = 1 << 20;

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    /** Method and path to the whole answer. */
    private volatile Function<String, byte[]> answers = request -> new byte[0];

    RawServer() throws IOException {
        Thread.ofPlatform().daemon().name("raw-server").start(this::serve);
    }

    String authority() {
        return "localhost:" + socket.getLocalPort();
    }

    void answer(Function<String, byte[]> with) {
        answers = with;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.setSoTimeout(1_000);
                String request = request(connection.getInputStream());
                connection.getOutputStream().write(answers.apply(request));
            } catch (IOException e) {
                // whoever asked went away
            }
        }
    }

    /** The first two words of the request, whose headers are read to their end. */
    private static String request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4_096)) < 0 && head.length() < LONGEST) {
            byte[] some = new byte[4_096];
            int read = in.read(some);
            if (read < 0) {
                break;
            }
            head.append(new String(some, 0, read, StandardCharsets.ISO_8859_1));
        }
        String[] words = head.toString().split(" ", 3);
        return words.length < 2 ? "" : words[0] + " " + words[1];
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
