package org.gapexplorer.explorer.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.gapexplorer.explorer.benchmark.BenchmarkDetail;
import org.gapexplorer.explorer.concept.ConceptTable;
import org.gapexplorer.explorer.concept.Meanings;
import org.gapexplorer.explorer.model.ModelDetail;
import org.gapexplorer.explorer.next.NextView;
import org.gapexplorer.explorer.share.Preview;
import org.gapexplorer.explorer.share.Shareable;
import org.gapexplorer.explorer.view.Links;
import org.gapexplorer.explorer.view.Names;
import org.gapexplorer.explorer.view.Numbers;
import org.gapexplorer.explorer.view.Table;
import org.gapexplorer.explorer.view.Text;
import org.gapexplorer.explorer.view.Url;
import org.gapexplorer.explorer.visit.Params;
import org.gapexplorer.snapshot.BenchmarkView;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.Fact;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.snapshot.StudyFacts;
import org.gapexplorer.snapshot.Untested;

/** Audit reports: what the pages say of a benchmark or a model, chosen for print, with its caveats and its sources. */
final class Report {
    private static final int NEXT = 12;
    /** Rows of each list of concepts, as on the benchmark's page. */
    private static final int ROWS = 8;

    private static final int GAPS = 10;

    private Report() {}

    /**
     * @param next what lies within its scope and is missing or thin
     * @param caveats what to mind with these very numbers
     */
    record OfBenchmark(BenchmarkDetail of, Table next, List<String> caveats, Source source) implements Shareable {
        @Override
        public Preview preview() {
            return of.preview();
        }
    }

    record OfModel(ModelDetail of, List<String> caveats, Source source) implements Shareable {
        @Override
        public Preview preview() {
            return of.preview();
        }
    }

    /**
     * Where the numbers come from.
     *
     * @param facts versions
     * @param cite how to cite it, in a line that the report's address ends
     */
    record Source(List<Fact> facts, String cite) {}

    /** What every report is made from. */
    record Maker(Snapshot snapshot, Names names, Params params, Url here, Links links, String program) {

        OfBenchmark of(BenchmarkView b, Meanings meanings) {
            BenchmarkDetail detail = BenchmarkDetail.of(snapshot, names, b, params, here, links);
            List<Untested> untested = NextView.untested(snapshot, b, meanings, NEXT);
            ConceptTable table = new ConceptTable(links, null, b.id(), null);
            List<ConceptRow> shown = Stream.of(
                            table.mostCoveredRows(snapshot, ROWS).stream(),
                            table.leastCoveredRows(snapshot, ROWS).stream(),
                            untested.stream().map(Untested::concept))
                    .flatMap(rows -> rows)
                    .distinct()
                    .toList();
            return new OfBenchmark(
                    detail,
                    NextView.table(b, untested, links),
                    Caveats.of(snapshot, b, shown),
                    source("benchmark " + b.id(), "/" + b.id() + "."));
        }

        OfModel of(ModelView m) {
            ModelDetail detail = ModelDetail.of(snapshot, names, m, params, here, links, GAPS);
            String benchmark = params.one("benchmark", names.benchmarkIds(), b -> b);
            return new OfModel(
                    detail,
                    Caveats.of(snapshot, names, m, benchmark, detail.gaps().rows()),
                    source("model " + m.id(), ""));
        }

        /** @param file stands in the names of the report's own inputs; empty for none */
        private Source source(String subject, String file) {
            StudyFacts study = snapshot.study();
            List<Fact> facts = new ArrayList<>(List.of(
                    new Fact("Snapshot", study.version() + ", built " + seconds(study.built())),
                    new Fact("Study", Text.bounded(study.title(), 120) + ", run ended " + seconds(study.ran())),
                    new Fact(
                            "Lens",
                            Text.bounded(study.lens().name(), 120) + "; "
                                    + Numbers.count(study.lens().live()) + " of "
                                    + Numbers.count(study.lens().concepts()) + " concepts live; it reads "
                                    + Text.bounded(study.lens().layer(), 120)),
                    new Fact("Program", "Gap Explorer " + program)));
            study.versions().stream()
                    .filter(v -> v.name().indexOf(':') < 0
                            || !file.isEmpty() && v.name().contains(file))
                    .map(v -> new Fact(Text.bounded(v.name(), 80), Text.bounded(v.value(), 80)))
                    .forEach(facts::add);
            String title = "Audit report of " + subject + ", " + Text.plain(study.title(), 120);
            return new Source(facts, title + ". Gap Explorer " + program + ", snapshot " + study.version() + ".");
        }

        private static String seconds(Instant time) {
            return time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }
}
