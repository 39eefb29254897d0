package org.gapexplorer.extract;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/** Moves the parts that shards have finished to where one process would have written them. */
final class Merge {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    /** Shards named in a message. */
    private static final int NAMED = 20;

    private final ShardFolder shards;
    private final RunFolder run;
    private final Plan plan;
    private final Progress progress;

    Merge(RunFolder run, Plan plan, Progress progress) {
        this.run = run;
        this.plan = plan;
        this.progress = progress;
        shards = new ShardFolder(run, plan);
    }

    /** Takes over each finished part, the folder prepared. */
    void takeWhatIsThere(Parts parts) {
        List<Integer> there = IntStream.range(0, plan.size())
                .filter(part -> !parts.finished(part) && shards.finished(part))
                .boxed()
                .toList();
        there.forEach(this::check);
        try {
            take(parts, there);
        } catch (IOException e) {
            throw Parts.unwritable(run.saliency(), e);
        }
    }

    private void take(Parts parts, List<Integer> some) throws IOException {
        for (int part : some) {
            parts.take(shards.part(part), part);
        }
    }

    /**
     * Takes over all parts, or none.
     *
     * @param wait whether to wait for those that are not there yet
     * @param before runs before the first is moved
     * @throws Problem if some are not there, or hold something else
     */
    void takeAll(Parts parts, boolean wait, Runnable before) {
        try {
            List<Integer> missing = missing(parts);
            while (wait && !missing.isEmpty()) {
                progress.step("wait for shards", plan.size() - missing.size(), plan.size(), "parts");
                Thread.sleep(BETWEEN_LOOKS);
                missing = missing(parts);
            }
            if (!missing.isEmpty()) {
                throw incomplete(missing);
            }
            List<Integer> there = IntStream.range(0, plan.size())
                    .filter(shards::finished)
                    .boxed()
                    .toList();
            for (int i = 0; i < there.size(); i++) {
                check(there.get(i));
                progress.step("check shards", i + 1L, there.size(), "parts");
            }
            before.run();
            parts.prepare();
            take(parts, there);
            shards.delete();
        } catch (IOException e) {
            throw Parts.unwritable(run.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(run.path().toString(), "waiting for shards was interrupted", "start it again", e);
        }
    }

    /** A part that an earlier merge has moved is not missing. */
    private List<Integer> missing(Parts parts) throws IOException {
        boolean ours = parts.ours();
        return IntStream.range(0, plan.size())
                .filter(part -> !shards.finished(part) && !(ours && parts.finished(part)))
                .boxed()
                .toList();
    }

    /** Reads a part as a whole: it must be a table, and of this part's datapoints. */
    private void check(int part) {
        Path file = shards.part(part);
        Set<Plan.Item> items = plan.items(part);
        Set<Plan.Item> strangers = new LinkedHashSet<>();
        try {
            RunFolder.SALIENCY.forEach(file, row -> {
                var item = new Plan.Item(row.benchmark(), row.item());
                if (!items.contains(item)) {
                    strangers.add(item);
                }
            });
        } catch (Problem damaged) {
            throw new Problem(file.toString(), "is damaged", remedy(part), damaged);
        }
        if (!strangers.isEmpty()) {
            Plan.Item stranger = strangers.iterator().next();
            throw new Problem(
                    file.toString(),
                    "holds item " + stranger.item() + " of benchmark " + stranger.benchmark()
                            + ", which is not of this part",
                    remedy(part));
        }
    }

    private String remedy(int part) {
        return "delete it and start its shard again" + owner(part);
    }

    private Problem incomplete(List<Integer> missing) throws IOException {
        var text = new StringBuilder();
        text.append(missing.size()).append(" of ").append(plan.size()).append(" parts are missing");
        List<String> behind = behind(missing);
        text.append(behind.isEmpty() ? ", and no shard has begun" : "; behind are " + String.join("; ", behind));
        List<String> others = shards.others();
        if (!others.isEmpty()) {
            text.append("; shards of other files, settings or another build lie there too (")
                    .append(String.join(", ", others))
                    .append("), which do not belong to this study as it is");
        }
        return new Problem(
                run.shards().toString(),
                text.toString(),
                "start the shards named again (each goes on where it stopped) or wait for them with --wait");
    }

    /** For each count of shards that somebody has begun: those of them that miss parts. */
    private List<String> behind(List<Integer> missing) throws IOException {
        var counts = new TreeMap<Integer, List<Integer>>();
        shards.notes()
                .forEach(note -> counts.computeIfAbsent(note.of(), of -> new ArrayList<>())
                        .add(note.shard()));
        List<String> behind = new ArrayList<>();
        counts.forEach((of, begun) -> {
            TreeMap<Integer, Long> shardsMissing = missing.stream()
                    .collect(Collectors.groupingBy(part -> part % of + 1, TreeMap::new, Collectors.counting()));
            String named = shardsMissing.entrySet().stream()
                    .limit(NAMED)
                    .map(e -> e.getKey() + "/" + of
                            + (begun.contains(e.getKey())
                                    ? " (" + e.getValue() + (e.getValue() == 1 ? " part)" : " parts)")
                                    : " (not begun)"))
                    .collect(Collectors.joining(", "));
            behind.add(
                    named + (shardsMissing.size() > NAMED ? " and " + (shardsMissing.size() - NAMED) + " more" : ""));
        });
        return behind;
    }

    /** Which shard a part belongs to, as far as somebody has noted. */
    private String owner(int part) {
        try {
            String owners = shards.notes().stream()
                    .map(ShardFolder.Note::of)
                    .distinct()
                    .map(of -> "--shard " + (part % of + 1) + "/" + of)
                    .collect(Collectors.joining(" or "));
            return owners.isEmpty() ? "" : " (" + owners + ")";
        } catch (IOException e) {
            return "";
        }
    }
}
