package org.gapexplorer.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.gapexplorer.source.FetchPlan;
import org.gapexplorer.source.Outlook;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Bytes;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.Study;
import org.gapexplorer.study.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings everything a study needs to this machine. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = "Fetch everything a study needs, before it is run. Run again, it goes on where it was stopped.")
final class FetchCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The study file")
    private Path file;

    @Option(names = "--dry-run", description = "Only list what would be fetched, with sizes")
    private boolean dryRun;

    @Option(names = "--keep-going", description = "Fetch what can be had, and tell at the end what cannot")
    private boolean keepGoing;

    @Mixin
    private FetchOptions options;

    @Override
    public void run() {
        Study study = StudyFile.read(file);
        var sources = new Sources(study.file().getParent(), Sources.defaultCache(), options.mirror());
        Progress progress = ConsoleProgress.onStandardError();
        FetchPlan plan = FetchPlan.of(sources, study.sources(options.allModels()), progress);
        print(plan, System.out);
        if (!keepGoing) {
            complain(plan.problems(), "nothing was fetched");
        }
        plan.requireSpace(file.toString());
        if (!dryRun) {
            try (var interruption = new Interruption()) {
                plan.fetch(sources, progress);
            }
        }
        complain(plan.problems(), dryRun ? "nothing was fetched" : "the others are here");
        if (!dryRun) {
            System.out.println("Everything is here and as pinned.");
        }
    }

    private static void print(FetchPlan plan, PrintStream out) {
        String row = "%12s %12s  %-8s %s%n";
        out.printf(row, "size", "to fetch", "from", "source");
        for (Outlook o : plan.outlooks()) {
            out.printf(
                    row,
                    size(o.bytes()),
                    o.problem() != null ? "?" : o.toCome() == 0 ? "-" : size(o.toCome()),
                    o.from().name().toLowerCase(Locale.ROOT),
                    shown(o.source().uri()));
        }
        out.printf(
                row,
                Bytes.text(plan.bytes()),
                Bytes.text(plan.toCome()),
                "",
                "in all, " + plan.outlooks().size() + " sources"
                        + (plan.unknown() == 0 ? "" : ", " + plan.unknown() + " of unknown size besides"));
    }

    private static String size(long bytes) {
        return bytes < 0 ? "?" : Bytes.text(bytes);
    }

    private static String shown(String uri) {
        return uri.replaceAll("\\p{Cntrl}", " ");
    }

    private void complain(List<Problem> problems, String meanwhile) {
        if (problems.size() == 1) {
            throw problems.getFirst();
        }
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("  " + problem.getMessage()));
            throw new Problem(
                    file.toString(),
                    problems.size() + " sources cannot be had, each told above",
                    meanwhile + "; mend them and start again");
        }
    }
}
