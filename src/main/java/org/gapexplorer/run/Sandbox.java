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
    private static final String PATTERN_CHARACTERS = ".*[*?\\[\\]].*";

    /** Takes the rows of a result. */
    interface Reader<T> {
        T read(Rows rows) throws IOException;
    }

    <T> T select(String sql, Reader<T> reader) {
        try (Session session = session()) {
            return session.select(sql, reader);
        }
    }

    /** For one query after the other. */
    Session session() {
        files.values().stream().flatMap(List::stream).forEach(this::requireReadable);
        try {
            return new Session();
        } catch (IOException e) {
            throw new Problem(
                    where, "the sql's process does not start (" + Problem.reason(e) + ")", "check the machine", e);
        }
    }

    private void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new Problem(where, file + " is missing or cannot be read", "check the path and its permissions");
        }
        if (file.toAbsolutePath().toString().matches(PATTERN_CHARACTERS)) {
            throw new Problem(
                    where, file + " has one of * ? [ ] in its path, which SQL takes for a pattern", "rename it");
        }
    }

    /** A process whose database sees the files and nothing else. */
    final class Session implements AutoCloseable {
        private final ChildJvm process;
        private final DataOutputStream queries;
        private final DataInputStream answers;
        private Rows last;

        private Session() throws IOException {
            process = ChildJvm.start(megabytes);
            queries = new DataOutputStream(new BufferedOutputStream(process.input()));
            answers = new DataInputStream(process.output());
        }

        <T> T select(String sql, Reader<T> reader) {
            var answer = new FutureTask<>(() -> ask(sql, reader));
            Thread.ofPlatform().daemon().name("sql").start(answer);
            try {
                return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                close();
                throw new Problem(where, "the sql ran longer than " + time.toSeconds() + " s", "make it do less", e);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new Problem(where, "the sql was interrupted", "start again", e);
            } catch (ExecutionException e) {
                throw explained(e.getCause());
            }
        }

        private <T> T ask(String sql, Reader<T> reader) throws IOException {
            if (last == null) {
                Wire.put(queries, megabytes, files);
            } else {
                last.skip();
            }
            Wire.put(queries, sql);
            queries.flush();
            last = new Rows(where, answers);
            last.begin();
            return reader.read(last);
        }

        private RuntimeException explained(Throwable e) {
            return switch (e) {
                case IOException broken -> {
                    String end = process.end();
                    yield new Problem(
                            where,
                            end.equals(ChildJvm.NO_MEMORY)
                                    ? Wire.tooMuch(megabytes)
                                    : "the sql broke the process that ran it (" + end + ")",
                            "make it hold less at once, or mend the file it reads",
                            broken);
                }
                case RuntimeException other -> other;
                default -> new IllegalStateException(e);
            };
        }

        boolean isOpen() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.kill();
        }
    }
}
