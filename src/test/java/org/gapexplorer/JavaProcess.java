package org.gapexplorer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A class of the tests run in a process of its own, which somebody may kill. */
public final class JavaProcess {
    private JavaProcess() {}

    /** @param log where what it says goes */
    public static Process start(Class<?> main, Path log, Map<String, String> environment, Object... arguments)
            throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // they live for seconds: compiling for years to come would take most of the time
        var command = new ArrayList<>(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        var process = new ProcessBuilder(command);
        // not -cp: ONNX Runtime overflows its stack on a command line of many thousand characters (see gapx)
        process.environment().put("CLASSPATH", classPath);
        process.environment().putAll(environment);
        return process.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }
}
