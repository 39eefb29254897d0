package org.gapexplorer.cli;

import static org.gapexplorer.cli.SavedLinks.awaitReady;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers that a test starts, of which none outlives it. */
public final class Servers {
    private final List<ServedProcess> started = new ArrayList<>();

    /** Begins one. */
    public ServedProcess launch(Path home, Map<String, String> environment) throws IOException {
        ServedProcess server = ServedProcess.launch(home, environment);
        started.add(server);
        return server;
    }

    /** The same, and waits until it is ready. */
    public ServedProcess start(Path home, Map<String, String> environment) throws Exception {
        ServedProcess server = launch(home, environment);
        awaitReady(server);
        return server;
    }

    /** All of them, and what runs of this home's PostgreSQL, which outlives a server that is killed. */
    public void kill(Path home) throws IOException, InterruptedException {
        for (ServedProcess server : started) server.kill();
        List<ProcessHandle> left = ServedProcess.postgres(home);
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(process -> process.onExit().join());
    }
}
