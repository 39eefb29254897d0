package org.gapexplorer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers with the very text it is told to and says no more, but keeps the connection until the other side ends it. */
public final class LingeringServer implements AutoCloseable {
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String answer;

    public LingeringServer(String answer) throws IOException {
        this.answer = answer;
        Thread.ofPlatform().daemon().start(this::serve);
    }

    public URI uri() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                connection.setSoTimeout(10_000);
                // all of a small request, whose end is of no matter
                connection.getInputStream().read(new byte[4_096]);
                connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
                connection.shutdownOutput();
            } catch (IOException e) {
                // the end of the test
            }
        }
    }

    /** Every connection there was. */
    public List<Socket> connections() {
        return connections;
    }

    /** Whether the other side ends a connection within ten seconds. */
    public static boolean ends(Socket connection) {
        try {
            return connection.getInputStream().read(new byte[4_096]) < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
