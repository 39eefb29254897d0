package org.gapexplorer.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands before a server and can lose a connection as a host does that loses its power: nothing comes any more, and nobody
 * says that it is over.
 */
public final class Relay implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean losing;

    public Relay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** What is connected now is told nothing more, ever; later connections are well. */
    public void loseConnections() {
        lost.addAll(open);
    }

    /** Whether connections that begin from now on are lost before anything was said. */
    public void loseNewConnections(boolean losing) {
        this.losing = losing;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                if (losing) lost.add(client);
                open.add(client);
                Thread.ofVirtual().start(() -> copy(client, client, server));
                Thread.ofVirtual().start(() -> copy(client, server, client));
            }
        } catch (IOException e) {
            // closed, or the server is away
        }
    }

    private void copy(Socket client, Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[8192];
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                if (!lost.contains(client)) {
                    out.write(bytes, 0, n);
                }
            }
            if (!lost.contains(client)) {
                client.close();
            }
        } catch (IOException e) {
            // either side went
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) socket.close();
    }
}
