package org.gapexplorer.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gapexplorer.study.StudyShapes.AnsweringShape;
import org.gapexplorer.study.StudyShapes.BenchmarkShape;
import org.gapexplorer.study.StudyShapes.By;
import org.gapexplorer.study.StudyShapes.FileShape;
import org.gapexplorer.study.StudyShapes.LensShape;
import org.gapexplorer.study.StudyShapes.LogShape;
import org.gapexplorer.study.StudyShapes.ModelShape;

/**
 * Reads and validates a study file. Every complaint is a {@link Problem} that names the file, the line and the field.
 * The schema is described in {@code docs/formats.md}.
 */
public final class StudyFile {
    private static final int LONGEST_CANARY = 300;

    private StudyFile() {}

    /** Reads a study. */
    public static Study read(Path file) {
        try {
            return new Reader(file).toStudy(StudyYaml.parse(file, Files.readString(file), FileShape.class));
        } catch (NoSuchFileException e) {
            throw new Problem(file.toString(), "there is no such study file", "check the path", e);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new Problem(file.toString(), "is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + e.getMessage() + ")", "check the path", e);
        }
    }

    /** Puts defaults where the file is silent and checks what Jackson cannot. */
    private record Reader(Path file) {
        Study toStudy(FileShape s) {
            String id = id("study", s.study());
            List<Benchmark> benchmarks = unique(
                    "benchmarks",
                    each("benchmarks", required("benchmarks", s.benchmarks()), this::benchmark),
                    Benchmark::id);
            List<SubjectModel> models = unique(
                    "models",
                    each("models", s.models() == null ? List.of() : s.models(), this::model),
                    SubjectModel::id);
            var study = new Study(
                    file.toAbsolutePath().normalize(),
                    id,
                    s.title() == null ? id : s.title(),
                    s.description() == null ? "" : s.description(),
                    s.seed() == null ? 0 : s.seed(),
                    s.dictionary() == null ? Study.Dictionary.LIVE : s.dictionary(),
                    s.thresholds() == null ? new Study.Thresholds(0.1, 10) : s.thresholds(),
                    s.lists() == null ? new Study.Lists(5, 50, 10) : s.lists(),
                    lens(required("lens", s.lens())),
                    benchmarks,
                    models);
            check(
                    study.thresholds().under() >= 0
                            && study.thresholds().under() < study.thresholds().over(),
                    "thresholds",
                    "under must lie in [0, over)");
            checkLogs(study);
            checkAnswered(study);
            return study;
        }

        private void checkLogs(Study study) {
            for (SubjectModel model : study.models()) {
                for (SubjectModel.ScoreLog log : model.logs()) {
                    check(
                            study.benchmark(log.benchmark()) != null,
                            "models." + model.id() + ".logs",
                            "there is no benchmark '" + log.benchmark() + "' in this study");
                }
            }
        }

        private void checkAnswered(Study study) {
            for (SubjectModel model : study.models()) {
                if (model.answers() instanceof SubjectModel.Likelihood likelihood) {
                    likelihood
                            .benchmarks()
                            .forEach(benchmark -> check(
                                    study.benchmark(benchmark) != null,
                                    "models." + model.id() + ".answers.benchmarks",
                                    "there is no benchmark '" + benchmark + "' in this study"));
                }
            }
        }

        private Lens lens(LensShape l) {
            check(
                    l.tensor() != null || l.layer() != null,
                    "lens",
                    "name the residual tensor (tensor:), or give layer:, and best architecture: too");
            check(l.layer() == null || l.layer() >= 0, "lens.layer", "must be 0 or more");
            check(l.maxTokens() == null || l.maxTokens() >= 3, "lens.max_tokens", "must be at least 3");
            String id = id("lens.id", l.id());
            return new Lens(
                    id,
                    l.title() == null ? id : l.title(),
                    l.licence() == null ? "" : l.licence(),
                    required("lens.model", l.model()),
                    required("lens.tokenizer", l.tokenizer()),
                    l.architecture(),
                    l.layer() == null ? -1 : l.layer(),
                    l.tensor(),
                    required("lens.sae", l.sae()).source(),
                    l.sae().settings(),
                    l.labels() == null ? List.of() : l.labels(),
                    l.tokens() == null ? Lens.Counting.ITEM : l.tokens(),
                    l.maxTokens() == null ? 512 : l.maxTokens(),
                    l.modelData() == null ? List.of() : l.modelData(),
                    l.tokenizerConfig(),
                    l.chat() == null ? null : chat(l));
        }

        private Lens.Chat chat(LensShape l) {
            check(
                    l.chat().template() != null || l.tokenizerConfig() != null,
                    "lens.chat",
                    "give the chat template as template:, or tokenizer_config: beside it");
            try {
                return new Lens.Chat(
                        l.chat().template(),
                        l.chat().system(),
                        l.chat().addGenerationPrompt() == null || l.chat().addGenerationPrompt(),
                        l.chat().date() == null
                                ? null
                                : LocalDate.parse(l.chat().date()));
            } catch (DateTimeParseException e) {
                throw problem("lens.chat.date", "is '" + l.chat().date() + "'; write a date such as 2025-01-31");
            }
        }

        /** What the study says itself goes before what the entry says. */
        private BenchmarkShape used(String where, BenchmarkShape own) {
            var entry = BenchmarkEntries.find(file, where + ".use", own.use());
            BenchmarkShape e = StudyYaml.parse(entry.name(), entry.text(), BenchmarkShape.class);
            check(e.use() == null, where + ".use", own.use() + " is itself only a use: of another; use that one");
            var files = new LinkedHashMap<String, List<SourceRef>>();
            if (e.files() != null) {
                e.files()
                        .forEach((name, sources) -> files.put(
                                name,
                                sources.stream()
                                        .map(s -> seenFromStudy(s, entry.folder()))
                                        .toList()));
            }
            files.putAll(own.files() == null ? Map.of() : own.files());
            check(
                    !files.isEmpty(),
                    where + ".files",
                    "is missing: the entry " + own.use()
                            + " names no files, because its data is not public; give yours as that entry's comment says");
            return new BenchmarkShape(
                    null,
                    or(own.id(), e.id()),
                    or(own.title(), e.title()),
                    or(own.scope(), e.scope()),
                    or(own.licence(), e.licence()),
                    or(own.citation(), e.citation()),
                    or(own.kind(), e.kind()),
                    or(own.visibility(), e.visibility()),
                    or(own.chance(), e.chance()),
                    or(own.canary(), e.canary()),
                    files,
                    or(own.sql(), e.sql()),
                    or(own.template(), e.template()));
        }

        private static <T> T or(T own, T entry) {
            return own == null ? entry : own;
        }

        /** A file: source of an entry elsewhere, from the study's folder. */
        private SourceRef seenFromStudy(SourceRef source, Path folder) {
            if (folder == null || !source.uri().startsWith("file:")) {
                return source;
            }
            Path there = folder.resolve(source.uri().substring("file:".length()));
            Path here = file.toAbsolutePath().normalize().getParent();
            return new SourceRef("file:" + here.relativize(there.normalize()), source.sha256());
        }

        private Benchmark benchmark(String where, BenchmarkShape written) {
            BenchmarkShape b = written.use() == null ? written : used(where, written);
            String id = id(where + ".id", b.id());
            Benchmark.Kind kind = b.kind() == null ? Benchmark.Kind.SUITE : b.kind();
            check(b.chance() == null || (b.chance() >= 0 && b.chance() <= 1), where + ".chance", "must lie in [0, 1]");
            return new Benchmark(
                    id,
                    b.title() == null ? id : b.title(),
                    kind == Benchmark.Kind.SUITE ? required(where + ".scope", b.scope()) : or(b.scope(), ""),
                    b.licence() == null ? "" : b.licence(),
                    b.citation(),
                    kind,
                    visibility(where, b.visibility()),
                    b.chance(),
                    canary(where + ".canary", b.canary()),
                    required(where + ".files", b.files()),
                    required(where + ".sql", b.sql()),
                    template(where + ".template", b.template()));
        }

        private String canary(String where, String text) {
            if (text == null || text.isBlank()) return null;
            check(text.strip().length() <= LONGEST_CANARY, where, "is longer than " + LONGEST_CANARY + " characters");
            return text.strip();
        }

        private Benchmark.Visibility visibility(String where, String text) {
            return switch (text == null ? "public" : text) {
                case "public" -> Benchmark.Visibility.PUBLIC;
                case "ids-only" -> Benchmark.Visibility.IDS_ONLY;
                default -> throw problem(where + ".visibility", "is '" + text + "'; write public or ids-only");
            };
        }

        private PromptTemplate template(String where, String text) {
            try {
                return text == null ? PromptTemplate.DEFAULT : new PromptTemplate(text);
            } catch (IllegalArgumentException e) {
                throw problem(where, e.getMessage());
            }
        }

        private SubjectModel model(String where, ModelShape m) {
            String id = id(where + ".id", m.id());
            check(
                    m.answers() != null || (m.logs() != null && !m.logs().isEmpty()),
                    where,
                    "has neither answers: nor logs:, so nothing scores it");
            return new SubjectModel(
                    id,
                    m.title() == null ? id : m.title(),
                    m.licence() == null ? "" : m.licence(),
                    m.byDefault() == null || m.byDefault(),
                    m.answers() == null ? null : answering(where + ".answers", m.answers()),
                    each(where + ".logs", m.logs() == null ? List.of() : m.logs(), this::log));
        }

        private SubjectModel.Answering answering(String where, AnsweringShape a) {
            boolean likelihood = a.by() == By.LIKELIHOOD;
            boolean ofSimilarity = Stream.of(a.pooling(), a.queryPrefix(), a.passagePrefix(), a.quantised())
                    .anyMatch(Objects::nonNull);
            boolean ofLikelihood = Stream.of(a.normalise(), a.context(), a.delimiter(), a.benchmarks())
                    .anyMatch(Objects::nonNull);
            check(
                    !(likelihood ? ofSimilarity : ofLikelihood),
                    where,
                    "pooling, query_prefix, passage_prefix and quantised go with by: similarity; normalise, context, "
                            + "delimiter and benchmarks with by: likelihood");
            check(a.maxTokens() == null || a.maxTokens() >= 3, where + ".max_tokens", "must be at least 3");
            return likelihood ? likelihood(where, a) : similarity(where, a);
        }

        private SubjectModel.Similarity similarity(String where, AnsweringShape a) {
            return new SubjectModel.Similarity(
                    required(where + ".model", a.model()),
                    a.modelData() == null ? List.of() : a.modelData(),
                    required(where + ".tokenizer", a.tokenizer()),
                    a.tokenizerConfig(),
                    required(where + ".pooling", a.pooling()),
                    a.queryPrefix() == null ? "" : a.queryPrefix(),
                    a.passagePrefix() == null ? "" : a.passagePrefix(),
                    a.maxTokens() == null ? 512 : a.maxTokens(),
                    a.quantised() != null && a.quantised());
        }

        private SubjectModel.Likelihood likelihood(String where, AnsweringShape a) {
            return new SubjectModel.Likelihood(
                    required(where + ".model", a.model()),
                    a.modelData() == null ? List.of() : a.modelData(),
                    required(where + ".tokenizer", a.tokenizer()),
                    a.tokenizerConfig(),
                    required(where + ".max_tokens", a.maxTokens()),
                    a.normalise() == null ? SubjectModel.Normalise.LENGTH : a.normalise(),
                    template(where + ".context", a.context() == null ? "Question: {question}\nAnswer:" : a.context()),
                    a.delimiter() == null ? " " : a.delimiter(),
                    a.benchmarks() == null ? List.of() : a.benchmarks());
        }

        private SubjectModel.ScoreLog log(String where, LogShape l) {
            String format = l.format() == null && l.sql() != null ? "query" : l.format();
            check(
                    (l.sql() != null) == "query".equals(format),
                    where + ".sql",
                    "stands with format query, and only there");
            check(
                    l.range() == null
                            || (l.range().size() == 2
                                    && l.range().get(0) < l.range().get(1)),
                    where + ".range",
                    "is " + l.range() + "; write the worst and the best value, such as [1, 10]");
            return new SubjectModel.ScoreLog(
                    required(where + ".benchmark", l.benchmark()),
                    required(where + ".files", l.files()),
                    format,
                    l.sql(),
                    new SubjectModel.Reading(
                            l.metric(),
                            l.filter(),
                            l.scorer(),
                            l.detector(),
                            l.match(),
                            l.range(),
                            l.invert() != null && l.invert()));
        }

        private String id(String field, String value) {
            required(field, value);
            check(
                    value.matches("[a-z0-9][a-z0-9._-]{0,63}"),
                    field,
                    "is '" + value + "'; use up to 64 of a-z, 0-9, '.', '_', '-', starting with a letter or digit");
            return value;
        }

        private <T> T required(String field, T value) {
            check(value != null, field, "is missing");
            return value;
        }

        private interface Mapping<S, T> {
            T map(String where, S shape);
        }

        private <S, T> List<T> each(String field, List<S> shapes, Mapping<S, T> mapping) {
            var result = new java.util.ArrayList<T>();
            for (int i = 0; i < shapes.size(); i++) {
                String where = field + "[" + i + "]";
                result.add(mapping.map(where, required(where, shapes.get(i))));
            }
            return List.copyOf(result);
        }

        private <T> List<T> unique(String field, List<T> things, java.util.function.Function<T, String> id) {
            check(!things.isEmpty() || !field.equals("benchmarks"), field, "is empty");
            things.stream()
                    .collect(Collectors.groupingBy(id))
                    .forEach((key, same) -> check(
                            same.size() == 1,
                            field,
                            "the id '" + key + "' stands " + same.size() + " times; make it unique"));
            return things;
        }

        private void check(boolean holds, String field, String complaint) {
            if (!holds) {
                throw problem(field, complaint);
            }
        }

        private Problem problem(String field, String complaint) {
            return new Problem(file + ", " + field, complaint, StudyYaml.REMEDY);
        }
    }
}
