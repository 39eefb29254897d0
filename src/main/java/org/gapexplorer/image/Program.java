package org.gapexplorer.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gapexplorer.study.Problem;

/** Other programs, run to their end. */
final class Program {
    private static final int LAST_WORDS = 400;

    private Program() {}

    /**
     * Returns what it said.
     *
     * @param remedy what to do where it cannot be run or fails
     * @throws Problem with the end of what it said
     */
    static String run(Path folder, Map<String, String> environment, String remedy, List<String> command) {
        String name = Path.of(command.getFirst()).getFileName().toString();
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes()).strip();
            int code = process.waitFor();
            if (code != 0) {
                String last = said.substring(Math.max(0, said.length() - LAST_WORDS));
                throw new Problem(name, "failed with " + code + " (" + last.replaceAll("\\s+", " ") + ")", remedy);
            }
            return said;
        } catch (IOException e) {
            throw new Problem(name, "cannot be run (" + e.getMessage() + ")", remedy, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(name, "was interrupted", "run it again", e);
        }
    }
}
