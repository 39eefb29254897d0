package org.gapexplorer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.gapexplorer.study.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code gapx}: every command but {@code serve} and the end of {@code demo} runs without starting the server. */
@Command(
        name = "gapx",
        mixinStandardHelpOptions = true,
        version = "gapx " + Main.VERSION,
        description = "Which concepts a benchmark exercises, and how well a model does where they fire.",
        footer = "%nGAPX_DEBUG=1 shows where in the code something went wrong.")
public final class Main {
    static final String VERSION = "0.1.0";
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            StudyCommand.class,
            FetchCommand.class,
            ExtractCommand.class,
            SnapshotCommand.class,
            ServeCommand.class,
            SaeCommand.class,
            LabelsCommand.class,
            SuiteCommand.class,
            CatalogCommand.class,
            ImageCommand.class,
            TestCommand.class);

    /** A mistake the user can mend. */
    static final int PROBLEM = 1;
    /** A mistake of ours. */
    static final int BUG = 70;

    private Main() {}

    @Command(name = "test", description = "Check the format, build, and run the tests; --long adds fuzz and soak runs.")
    static final class TestCommand implements Runnable {
        @Override
        public void run() {
            throw new Problem("test", "is run by the launcher", "call it as ./gapx test");
        }
    }

    public static void main(String[] args) {
        LeftBehind.tidyLater();
        System.exit(run(Map.copyOf(System.getenv()), args));
    }

    /** The one that is called, as describing all of them takes a tenth of a server's start; all where none is. */
    private static List<Class<?>> commands(String... args) {
        List<Class<?>> called = COMMANDS.stream()
                .filter(c ->
                        args.length > 0 && c.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return called.isEmpty() ? COMMANDS : called;
    }

    /** What understands these arguments. */
    static CommandLine line(String... args) {
        var line = new CommandLine(new Main());
        commands(args).forEach(line::addSubcommand);
        return line;
    }

    static int run(Map<String, String> environment, String... args) {
        CommandLine line = line(args);
        boolean debug = environment.containsKey("GAPX_DEBUG");
        line.setExecutionExceptionHandler((e, command, result) -> {
            PrintWriter err = command.getErr();
            if (e instanceof Problem problem) {
                err.println("gapx: " + problem.getMessage());
            } else {
                err.println("gapx: something went wrong that should not have: " + e
                        + "; set GAPX_DEBUG=1 to see where, and please report it");
            }
            if (debug) {
                var trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                err.print(trace);
            }
            err.flush();
            return e instanceof Problem ? PROBLEM : BUG;
        });
        line.setParameterExceptionHandler((e, words) -> {
            CommandLine command = e.getCommandLine();
            String name = command.getCommandSpec().qualifiedName();
            var problem = new Problem(name, e.getMessage(), "see " + name + " --help");
            command.getErr().println("gapx: " + problem.getMessage());
            return command.getCommandSpec().exitCodeOnInvalidInput();
        });
        if (args.length == 0) {
            line.usage(line.getOut());
            return 0;
        }
        return line.execute(args);
    }
}
