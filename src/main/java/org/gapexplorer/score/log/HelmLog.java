package org.gapexplorer.score.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.study.Problem;

/**
 * A HELM run folder: {@code per_instance_stats.json} has the scores, {@code scenario_state.json} the texts; the same
 * instance, perturbation and trial make a pair. Of each instance only its key and its score are held in between.
 *
 * <p>A statistic's mean is the score; trials are runs. Instances that were perturbed are left out unless {@code filter}
 * names the perturbation. Statistics go from 0 to 1 or are refused; HELM does not say which way is better.
 */
final class HelmLog implements LogFormat {
    private static final String STATE = "scenario_state.json";
    private static final String STATS = "per_instance_stats.json";

    private static final Wanted STAT = Wanted.of(
            "instance_id", "perturbation.name", "train_trial_index", "stats.name.name", "stats.count", "stats.mean");

    private static final Wanted REQUEST = Wanted.of(
            "instance.id",
            "instance.input.text",
            "instance.perturbation.name",
            "instance.references.output.text",
            "train_trial_index",
            "output_mapping",
            "result.completions.text");

    @Override
    public String id() {
        return "helm";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.FOLDER
                ? file.has(STATE) || file.has(STATS)
                : file.has("request_states") || (file.kind() == Glance.Kind.ARRAY && file.has("instance_id"));
    }

    @Override
    public Set<String> options() {
        return Set.of("metric", "filter");
    }

    /** Folders each by themselves; of single files, states and statistics in the order given. */
    @Override
    public List<List<Path>> parts(Map<String, List<Path>> files) {
        var parts = new ArrayList<List<Path>>();
        var states = new ArrayList<Path>();
        var stats = new ArrayList<Path>();
        for (Path file : files.values().stream().flatMap(List::stream).toList()) {
            Glance glance = Glance.at(file);
            if (glance.kind() == Glance.Kind.FOLDER) {
                parts.add(List.of(file.resolve(STATS), file.resolve(STATE)));
            } else if (glance.kind() == Glance.Kind.ARRAY) {
                stats.add(file);
            } else {
                states.add(file);
            }
        }
        for (int i = 0; i < stats.size(); i++) {
            parts.add(i < states.size() ? List.of(stats.get(i), states.get(i)) : List.of(stats.get(i)));
        }
        return parts;
    }

    private record Key(String instance, String perturbation, int trial) {
        static Key of(JsonNode instance, String id, JsonNode trial) {
            return new Key(
                    instance.path(id).asText(),
                    instance.path("perturbation").path("name").asText(""),
                    trial.asInt());
        }
    }

    private record Score(double value, String at) {}

    @Override
    public void read(LogPart part, Rows rows) {
        if (!Files.exists(part.file())) {
            throw new Problem(
                    part.place(), "is not in the run folder, and it holds the scores", "add it, as HELM wrote it");
        }
        var reader = new Reader(part, rows);
        reader.stats();
        if (part.files().size() > 1 && Files.exists(part.files().get(1))) {
            reader.states(part.files().get(1));
        } else {
            rows.note("without " + STATE + " its instances have ids and no text");
        }
        reader.rest();
    }

    private static final class Reader {
        private final LogPart part;
        private final Rows rows;
        private final String wanted;
        private final Map<Key, Score> scores = new LinkedHashMap<>();
        private final Set<String> perturbations = new LinkedHashSet<>();
        private final Choice choice;
        private String metric;
        private int perturbed;
        private int stateless;

        Reader(LogPart part, Rows rows) {
            this.part = part;
            this.rows = rows;
            wanted = part.log().reading().filter() == null
                    ? ""
                    : part.log().reading().filter();
            metric = part.log().reading().metric();
            choice = part.choice("metric", metric);
        }

        void stats() {
            try (JsonLog log = JsonLog.open(part.place(), part.file())) {
                if (!log.each(STAT, this::stat)) {
                    rows.note(part.file().getFileName() + " " + log.cutShort());
                }
            }
            choice.settle();
            if (perturbed > 0) {
                rows.note("%,d entries of perturbed instances left out (filter: one of %s)"
                        .formatted(perturbed, String.join(", ", perturbations)));
            }
        }

        private void stat(JsonNode entry, String at) {
            if (!entry.path("instance_id").isTextual()) {
                throw part.problem(at, "has no instance_id", "check that this is a " + STATS);
            }
            Key key = Key.of(entry, "instance_id", entry.path("train_trial_index"));
            if (!key.perturbation.isEmpty()) {
                perturbations.add(key.perturbation);
            }
            if (!key.perturbation.equals(wanted)) {
                perturbed++;
                return;
            }
            if (metric == null) {
                var names = new ArrayList<String>();
                entry.path("stats").forEach(stat -> names.add(nameOf(stat)));
                metric = choice.of(names);
            }
            for (JsonNode stat : entry.path("stats")) {
                if (choice.takes(nameOf(stat))) {
                    double mean = stat.path("count").asInt(1) == 0
                            ? Double.NaN
                            : stat.path("mean").asDouble(Double.NaN);
                    enter(key, new Score(mean, at));
                }
            }
        }

        private static String nameOf(JsonNode stat) {
            return stat.path("name").path("name").asText();
        }

        private void enter(Key key, Score score) {
            Score before = scores.put(key, score);
            if (before != null && Double.compare(before.value, score.value) != 0) {
                throw part.problem(
                        score.at,
                        "instance '" + key.instance + "' has a " + metric + " of " + score.value + ", and one of "
                                + before.value + " in " + before.at,
                        "leave one out");
            }
        }

        void states(Path file) {
            try (JsonLog log = JsonLog.open(part.where() + ", " + file, file)) {
                boolean whole =
                        log.inside(Map.of("request_states", REQUEST), Wanted.NOTHING, this::state, (rest, at) -> {});
                if (!whole) {
                    rows.note(file.getFileName() + " " + log.cutShort());
                }
            }
        }

        private void state(JsonNode entry, String at) {
            JsonNode instance = entry.path("instance");
            Key key = Key.of(instance, "id", entry.path("train_trial_index"));
            Score score = scores.remove(key);
            if (score == null) {
                stateless += key.perturbation.equals(wanted) ? 1 : 0;
                return;
            }
            var choices = new ArrayList<String>();
            instance.path("references")
                    .forEach(reference ->
                            choices.add(reference.path("output").path("text").asText()));
            String text = Values.text(instance.path("input").get("text"));
            rows.row(new LogRow(
                    List.of(key.instance),
                    List.of(),
                    text == null ? List.of() : List.of(text),
                    choices.size() > 1 ? choices : List.of(),
                    "trial " + key.trial,
                    score.value,
                    answer(entry),
                    Double.NaN,
                    score.at));
        }

        /** What was completed; where that is a letter that stands for a choice, the choice's text. */
        private static String answer(JsonNode entry) {
            String said =
                    Values.text(entry.path("result").path("completions").path(0).get("text"));
            if (said == null) {
                return null;
            }
            String choice = Values.text(entry.path("output_mapping").get(said.strip()));
            return choice == null ? said.strip() : choice;
        }

        /** Instances whose texts are missing still have their ids. */
        void rest() {
            if (!scores.isEmpty()) {
                rows.note("%,d instances have scores and no request state".formatted(scores.size()));
            }
            if (stateless > 0) {
                rows.note("%,d requests have no scores".formatted(stateless));
            }
            scores.forEach((key, score) -> rows.row(
                    LogRow.of(List.of(key.instance), List.of(), "trial " + key.trial, score.value, null, score.at)));
        }
    }
}
