package org.gapexplorer.run;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;

/**
 * Runs one SELECT of a study file over the files it was given and nothing else. A study may come from anyone, so its SQL
 * sees no other file, no network, no extension and no setting, writes nothing, and is bounded in time and memory. It runs
 * in a process of its own ({@link SandboxProcess}): DuckDB counts a text or a list only once it is stored, and what breaks
 * its library breaks the process that it is in.
 *
 * @param where what to name in a complaint
 * @param files name to files; SQL reads each name as a variable that holds the list of its files, as in
 *     {@code read_json(getvariable('test'))}
 * @param time the longest a query may take, the reading of its rows included
 * @param megabytes the most memory it may take
 */
record Sandbox(String where, Map<String, List<Path>> files, Duration time, int megabytes) {
    private static final Pattern PATTERN_CHARACTERS = Pattern.compile("[*?\\[\\]]");

    /** Takes the rows of a result. */
    interface Reader<T> {
        T read(Rows rows) throws IOException;
    }

    <T> T select(String sql, Reader<T> reader) {
        try (Session session = new Session()) {
            return session.select(this, sql, reader);
        }
    }

    private void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new Problem(where, file + " is missing or cannot be read", "check the path and its permissions");
        }
        if (PATTERN_CHARACTERS.matcher(file.toAbsolutePath().toString()).find()) {
            throw new Problem(
                    where, file + " has one of * ? [ ] in its path, which SQL takes for a pattern", "rename it");
        }
    }

    /** A process for one query after the other, each sandbox with a database of its own; to begin one takes most of a second. */
    static final class Session implements AutoCloseable {
        private ChildJvm process;
        private DataOutputStream queries;
        private DataInputStream answers;
        private Sandbox told;
        private Rows last;

        <T> T select(Sandbox sandbox, String sql, Reader<T> reader) {
            sandbox.files.values().stream().flatMap(List::stream).forEach(sandbox::requireReadable);
            boolean used = told != null && told != sandbox;
            try {
                return once(sandbox, sql, reader);
            } catch (Problem e) {
                if (!used || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // others may have left it short of memory
                close();
                return once(sandbox, sql, reader);
            }
        }

        private <T> T once(Sandbox sandbox, String sql, Reader<T> reader) {
            String where = sandbox.where;
            var answer = new FutureTask<>(() -> ask(sandbox, sql, reader));
            begin(sandbox);
            Thread.ofPlatform().daemon().name("rows").start(answer);
            try {
                return answer.get(sandbox.time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                close();
                long seconds = sandbox.time.toSeconds();
                throw new Problem(where, "the sql ran longer than " + seconds + " s", "make it do less", e);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new Problem(where, "the sql was interrupted", "start again", e);
            } catch (ExecutionException e) {
                throw explained(sandbox, e.getCause());
            }
        }

        private void begin(Sandbox sandbox) {
            if (process != null && process.isAlive()) {
                return;
            }
            close();
            try {
                process = ChildJvm.start();
            } catch (IOException e) {
                String what = "the sql's process does not start (" + Problem.reason(e) + ")";
                throw new Problem(sandbox.where, what, "see that there is room for temporary files", e);
            }
            queries = new DataOutputStream(new BufferedOutputStream(process.input()));
            answers = new DataInputStream(process.output());
        }

        private <T> T ask(Sandbox sandbox, String sql, Reader<T> reader) throws IOException {
            if (last != null) {
                last.skip();
            }
            queries.writeBoolean(told != sandbox);
            if (told != sandbox) {
                Wire.put(queries, sandbox.megabytes, sandbox.files);
                told = sandbox;
            }
            Wire.put(queries, sql);
            queries.flush();
            last = new Rows(sandbox.where, answers);
            last.begin();
            return reader.read(last);
        }

        private RuntimeException explained(Sandbox sandbox, Throwable e) {
            if (e instanceof IOException broken) {
                String end = process.end();
                close();
                String what = end.equals(ChildJvm.NO_MEMORY)
                        ? Wire.tooMuch(sandbox.megabytes)
                        : "the sql broke the process that ran it (" + end + ")";
                return new Problem(sandbox.where, what, "make it hold less at once, or mend the file it reads", broken);
            }
            return e instanceof RuntimeException told ? told : new IllegalStateException(e);
        }

        @Override
        public void close() {
            if (process != null) {
                process.kill();
            }
            process = null;
            told = null;
            last = null;
        }
    }
}
