package org.gapexplorer.explorer.footprint;

import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gapexplorer.explorer.door.ClientLimits;
import org.gapexplorer.explorer.problem.Busy;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.problem.TooMany;
import org.gapexplorer.explorer.prompt.Lenses;
import org.gapexplorer.lens.Reading;
import org.gapexplorer.method.ExpectedScore;
import org.gapexplorer.method.Footprint;
import org.gapexplorer.method.Saliency;
import org.gapexplorer.method.WeightedMean;
import org.gapexplorer.snapshot.Alike;
import org.gapexplorer.snapshot.Answer;
import org.gapexplorer.snapshot.ConceptRow;
import org.gapexplorer.snapshot.ModelView;
import org.gapexplorer.snapshot.Performance;
import org.gapexplorer.snapshot.Snapshot;
import org.gapexplorer.study.Problem;

/** Reads uploads of prompts, one at a time. */
@Singleton
class FootprintReader {
    /** Items, the most similar to a prompt, whose scores make its expected score. */
    static final int SIMILAR = 20;

    /** What an upload of the largest size takes. */
    private static final int SECONDS = 20;

    private final Lenses lenses;
    private final ClientLimits limits;
    private final Semaphore turn = new Semaphore(1);

    FootprintReader(Lenses lenses, ClientLimits limits) {
        this.lenses = lenses;
        this.limits = limits;
    }

    /** The folder of the snapshot's lens. */
    static Path lens(Snapshot snapshot) {
        return snapshot.lens()
                .orElseThrow(() -> new NotThere(
                        "This study’s lens is not on this server, so it can read no prompts.",
                        "Build the snapshot again from its run folder."));
    }

    /** SHA-256 of the snapshot's lens. */
    String identity(Snapshot snapshot) {
        return lenses.identity(lens(snapshot));
    }

    /**
     * @param prompts bounded by {@link PromptLines}
     * @throws Busy where another upload is being read
     * @throws TooMany where this client had too many read
     */
    FootprintProfile read(Snapshot snapshot, List<String> prompts) {
        limits.take(ClientLimits.Act.UPLOAD);
        if (!turn.tryAcquire()) {
            throw new Busy("Another upload is being read just now.", SECONDS);
        }
        try {
            return profile(snapshot, lenses.readAll(lens(snapshot), prompts));
        } finally {
            turn.release();
        }
    }

    private static FootprintProfile profile(Snapshot snapshot, List<Reading> readings) {
        BitSet fired = new BitSet();
        readings.forEach(r -> Arrays.stream(r.concepts()).forEach(fired::set));
        Map<Integer, ConceptRow> known = snapshot
                .concepts(fired.stream().boxed().toList())
                .stream()
                .collect(Collectors.toMap(ConceptRow::concept, Function.identity()));
        Saliency saliency = saliency(readings, known, fired.length());
        if (saliency.entries() == 0) {
            throw new Problem("prompts", "no concept of this study fires on any of them", "take longer ones");
        }
        Similar similar = new Similar(snapshot, readings);
        List<FootprintProfile.Expected> models = new ArrayList<>();
        for (ModelView m : snapshot.models()) {
            double[] chi = new double[fired.length()];
            Arrays.fill(chi, Double.NaN);
            known.forEach((c, row) -> chi[c] = row.performance(m.id(), Snapshot.OVERALL)
                    .map(Performance::chi)
                    .orElse(Double.NaN));
            models.add(new FootprintProfile.Expected(
                    m.id(),
                    ExpectedScore.of(similar.scores(m.id())),
                    ExpectedScore.of(ExpectedScore.atConcepts(saliency, chi))));
        }
        return new FootprintProfile(
                Footprint.of(saliency),
                (int) readings.stream().filter(Reading::truncated).count(),
                similar.nearness(),
                models);
    }

    /** What the lens sees of concepts that the study has. */
    private static Saliency saliency(List<Reading> readings, Map<Integer, ConceptRow> known, int concepts) {
        Saliency.Builder builder = Saliency.builder(readings.size(), concepts);
        for (int x = 0; x < readings.size(); x++) {
            Reading reading = readings.get(x);
            for (int i = 0; i < reading.concepts().length; i++) {
                if (known.containsKey(reading.concepts()[i])) {
                    builder.add(x, reading.concepts()[i], reading.saliency()[i]);
                }
            }
        }
        return builder.build();
    }

    /** The items most similar to each prompt. */
    private static final class Similar {
        private final List<List<Alike>> ofPrompt;

        Similar(Snapshot snapshot, List<Reading> readings) {
            ofPrompt = readings.stream()
                    .map(r -> snapshot.alike(r.concepts(), r.saliency(), SIMILAR))
                    .toList();
        }

        double nearness() {
            return ofPrompt.stream()
                    .mapToDouble(items -> items.isEmpty() ? 0 : items.getFirst().cosine())
                    .average()
                    .orElse(0);
        }

        /** Of each prompt the mean of the model's scores on its similar items, weighed by the cosine; NaN for none. */
        double[] scores(String model) {
            return ofPrompt.stream()
                    .mapToDouble(items -> {
                        WeightedMean mean = new WeightedMean();
                        for (Alike item : items) {
                            item.datapoint().answers().stream()
                                    .filter(a -> a.model().equals(model))
                                    .map(Answer::score)
                                    .forEach(score -> mean.add(score.orElse(Double.NaN), item.cosine()));
                        }
                        return mean.value();
                    })
                    .toArray();
        }
    }
}
