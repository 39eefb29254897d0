package org.gapexplorer.study;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and validates a study file. Every complaint is a {@link Problem} that names the file, the line and the field.
 * The schema is described in {@code docs/formats.md}.
 */
public final class StudyFile {
    private static final String REMEDY = "see docs/formats.md for what a study file holds";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addDeserializer(SourceRef.class, new SourceRefReader())
                    .addDeserializer(LabelSource.class, new LabelSourceReader())
                    .addDeserializer(SaeShape.class, new SaeReader()))
            .build();

    private StudyFile() {}

    // The file's shape: what may be left out is nullable here and gets its default in toStudy.
    private record FileShape(
            String study,
            String title,
            String description,
            Long seed,
            Study.Dictionary dictionary,
            Study.Thresholds thresholds,
            Study.Lists lists,
            LensShape lens,
            List<BenchmarkShape> benchmarks,
            List<ModelShape> models) {}

    private record LensShape(
            String id,
            String title,
            String licence,
            SourceRef model,
            SourceRef tokenizer,
            Lens.Architecture architecture,
            Integer layer,
            String tensor,
            SaeShape sae,
            List<LabelSource> labels,
            Lens.Counting tokens,
            Integer maxTokens,
            List<SourceRef> modelData,
            SourceRef tokenizerConfig,
            ChatShape chat) {}

    private record ChatShape(SourceRef template, String system, Boolean addGenerationPrompt, String date) {}

    private record BenchmarkShape(
            String use,
            String id,
            String title,
            String scope,
            String licence,
            String citation,
            Benchmark.Kind kind,
            String visibility,
            Double chance,
            Map<String, List<SourceRef>> files,
            String sql,
            String template) {}

    private record ModelShape(
            String id, String title, String licence, Boolean byDefault, AnsweringShape answers, List<LogShape> logs) {}

    private record AnsweringShape(
            By by,
            SourceRef model,
            SourceRef tokenizer,
            Integer maxTokens,
            SubjectModel.Pooling pooling,
            String queryPrefix,
            String passagePrefix,
            Boolean quantised,
            SubjectModel.Normalise normalise,
            String context,
            String delimiter,
            List<String> benchmarks) {}

    private enum By {
        SIMILARITY,
        LIKELIHOOD
    }

    private record LogShape(
            String benchmark,
            Map<String, List<SourceRef>> files,
            String format,
            String sql,
            String metric,
            String filter,
            String scorer,
            String detector,
            SubjectModel.Match match,
            List<Double> range,
            Boolean invert) {}

    private record SaeShape(SourceRef source, SaeSettings settings) {}

    /** A bare source, or a mapping with a source and what is to be said of it. */
    private static final class SaeReader extends StdDeserializer<SaeShape> {
        private record Shape(
                SourceRef source,
                String uri,
                String sha256,
                String format,
                Double scalingFactor,
                Boolean foldDecoderNorm,
                String model,
                String hook) {}

        SaeReader() {
            super(SaeShape.class);
        }

        @Override
        public SaeShape deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isScalarValue()) {
                return new SaeShape(context.readValue(parser, SourceRef.class), SaeSettings.NONE);
            }
            Shape s = context.readValue(parser, Shape.class);
            if ((s.source == null) == (s.uri == null)) {
                throw JsonMappingException.from(parser, "give the SAE's files as source:");
            }
            if (s.scalingFactor != null && !(s.scalingFactor > 0 && Double.isFinite(s.scalingFactor))) {
                throw JsonMappingException.from(parser, "scaling_factor must be a number above 0");
            }
            try {
                return new SaeShape(
                        s.source == null ? new SourceRef(s.uri, s.sha256) : s.source,
                        new SaeSettings(
                                s.format, s.scalingFactor, Boolean.TRUE.equals(s.foldDecoderNorm), s.model, s.hook));
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(parser, e.getMessage());
            }
        }
    }

    private static final class SourceRefReader extends StdDeserializer<SourceRef> {
        private record Shape(String uri, String sha256) {}

        SourceRefReader() {
            super(SourceRef.class);
        }

        @Override
        public SourceRef deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                if (parser.currentToken().isScalarValue()) {
                    return new SourceRef(parser.getText(), null);
                }
                Shape shape = context.readValue(parser, Shape.class);
                return new SourceRef(shape.uri, shape.sha256);
            } catch (IllegalArgumentException e) {
                throw JsonMappingException.from(parser, e.getMessage());
            }
        }
    }

    /** A bare source, or a mapping that has one. */
    private static final class LabelSourceReader extends StdDeserializer<LabelSource> {
        private record Shape(
                SourceRef source,
                LabelSource.Format format,
                String name,
                String concept,
                String label,
                String explainer,
                String module) {}

        LabelSourceReader() {
            super(LabelSource.class);
        }

        @Override
        public LabelSource deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.currentToken().isScalarValue()) {
                return LabelSource.of(context.readValue(parser, SourceRef.class));
            }
            Shape s = context.readValue(parser, Shape.class);
            if (s.source == null) {
                throw JsonMappingException.from(parser, "labels need a source:");
            }
            return new LabelSource(s.source, s.format, s.name, s.concept, s.label, s.explainer, s.module);
        }
    }

    /** Reads a study. */
    public static Study read(Path file) {
        try {
            return new Reader(file).toStudy(parse(file, Files.readString(file), FileShape.class));
        } catch (NoSuchFileException e) {
            throw new Problem(file.toString(), "there is no such study file", "check the path", e);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new Problem(file.toString(), "is not UTF-8 text", "save it as UTF-8", e);
        } catch (IOException e) {
            throw new Problem(file.toString(), "cannot be read (" + e.getMessage() + ")", "check the path", e);
        }
    }

    private static <T> T parse(Path file, String text, Class<T> shape) {
        try {
            T parsed = text.isBlank() ? null : YAML.readValue(text, shape);
            if (parsed == null) {
                throw new Problem(file.toString(), "is empty", REMEDY);
            }
            return parsed;
        } catch (JsonProcessingException e) {
            throw explained(file, text, e);
        }
    }

    /** Puts defaults where the file is silent and checks what Jackson cannot. */
    private record Reader(Path file) {
        Study toStudy(FileShape s) {
            String id = id("study", s.study);
            List<Benchmark> benchmarks = unique(
                    "benchmarks",
                    each("benchmarks", required("benchmarks", s.benchmarks), this::benchmark),
                    Benchmark::id);
            List<SubjectModel> models = unique(
                    "models", each("models", s.models == null ? List.of() : s.models, this::model), SubjectModel::id);
            var study = new Study(
                    file.toAbsolutePath().normalize(),
                    id,
                    s.title == null ? id : s.title,
                    s.description == null ? "" : s.description,
                    s.seed == null ? 0 : s.seed,
                    s.dictionary == null ? Study.Dictionary.LIVE : s.dictionary,
                    s.thresholds == null ? new Study.Thresholds(0.1, 10) : s.thresholds,
                    s.lists == null ? new Study.Lists(5, 50, 10) : s.lists,
                    lens(required("lens", s.lens)),
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
                    l.tensor != null || l.layer != null,
                    "lens",
                    "name the residual tensor (tensor:), or give layer:, and best architecture: too");
            check(l.layer == null || l.layer >= 0, "lens.layer", "must be 0 or more");
            check(l.maxTokens == null || l.maxTokens >= 3, "lens.max_tokens", "must be at least 3");
            String id = id("lens.id", l.id);
            return new Lens(
                    id,
                    l.title == null ? id : l.title,
                    l.licence == null ? "" : l.licence,
                    required("lens.model", l.model),
                    required("lens.tokenizer", l.tokenizer),
                    l.architecture,
                    l.layer == null ? -1 : l.layer,
                    l.tensor,
                    required("lens.sae", l.sae).source(),
                    l.sae.settings(),
                    l.labels == null ? List.of() : l.labels,
                    l.tokens == null ? Lens.Counting.ITEM : l.tokens,
                    l.maxTokens == null ? 512 : l.maxTokens,
                    l.modelData == null ? List.of() : l.modelData,
                    l.tokenizerConfig,
                    l.chat == null ? null : chat(l));
        }

        private Lens.Chat chat(LensShape l) {
            check(
                    l.chat.template != null || l.tokenizerConfig != null,
                    "lens.chat",
                    "give the chat template as template:, or tokenizer_config: beside it");
            try {
                return new Lens.Chat(
                        l.chat.template,
                        l.chat.system,
                        l.chat.addGenerationPrompt == null || l.chat.addGenerationPrompt,
                        l.chat.date == null ? null : LocalDate.parse(l.chat.date));
            } catch (DateTimeParseException e) {
                throw problem("lens.chat.date", "is '" + l.chat.date + "'; write a date such as 2025-01-31");
            }
        }

        /** What the study says itself goes before what the entry says. */
        private BenchmarkShape used(String where, BenchmarkShape own) {
            var entry = BenchmarkEntries.find(file, where + ".use", own.use);
            BenchmarkShape e = parse(entry.name(), entry.text(), BenchmarkShape.class);
            check(e.use == null, where + ".use", own.use + " is itself only a use: of another; use that one");
            var files = new LinkedHashMap<String, List<SourceRef>>();
            if (e.files != null) {
                e.files.forEach((name, sources) -> files.put(
                        name,
                        sources.stream()
                                .map(s -> seenFromStudy(s, entry.folder()))
                                .toList()));
            }
            files.putAll(own.files == null ? Map.of() : own.files);
            check(
                    !files.isEmpty(),
                    where + ".files",
                    "is missing: the entry " + own.use
                            + " names no files, because its data is not public; give yours as that entry's comment says");
            return new BenchmarkShape(
                    null,
                    or(own.id, e.id),
                    or(own.title, e.title),
                    or(own.scope, e.scope),
                    or(own.licence, e.licence),
                    or(own.citation, e.citation),
                    or(own.kind, e.kind),
                    or(own.visibility, e.visibility),
                    or(own.chance, e.chance),
                    files,
                    or(own.sql, e.sql),
                    or(own.template, e.template));
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
            BenchmarkShape b = written.use == null ? written : used(where, written);
            String id = id(where + ".id", b.id);
            check(b.chance == null || (b.chance >= 0 && b.chance <= 1), where + ".chance", "must lie in [0, 1]");
            return new Benchmark(
                    id,
                    b.title == null ? id : b.title,
                    required(where + ".scope", b.scope),
                    b.licence == null ? "" : b.licence,
                    b.citation,
                    b.kind == null ? Benchmark.Kind.SUITE : b.kind,
                    visibility(where, b.visibility),
                    b.chance,
                    required(where + ".files", b.files),
                    required(where + ".sql", b.sql),
                    template(where + ".template", b.template));
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
            String id = id(where + ".id", m.id);
            check(
                    m.answers != null || (m.logs != null && !m.logs.isEmpty()),
                    where,
                    "has neither answers: nor logs:, so nothing scores it");
            return new SubjectModel(
                    id,
                    m.title == null ? id : m.title,
                    m.licence == null ? "" : m.licence,
                    m.byDefault == null || m.byDefault,
                    m.answers == null ? null : answering(where + ".answers", m.answers),
                    each(where + ".logs", m.logs == null ? List.of() : m.logs, this::log));
        }

        private SubjectModel.Answering answering(String where, AnsweringShape a) {
            boolean likelihood = a.by == By.LIKELIHOOD;
            boolean ofSimilarity = Stream.of(a.pooling, a.queryPrefix, a.passagePrefix, a.quantised)
                    .anyMatch(Objects::nonNull);
            boolean ofLikelihood =
                    Stream.of(a.normalise, a.context, a.delimiter, a.benchmarks).anyMatch(Objects::nonNull);
            check(
                    !(likelihood ? ofSimilarity : ofLikelihood),
                    where,
                    "pooling, query_prefix, passage_prefix and quantised go with by: similarity; normalise, context, "
                            + "delimiter and benchmarks with by: likelihood");
            check(a.maxTokens == null || a.maxTokens >= 3, where + ".max_tokens", "must be at least 3");
            return likelihood ? likelihood(where, a) : similarity(where, a);
        }

        private SubjectModel.Similarity similarity(String where, AnsweringShape a) {
            return new SubjectModel.Similarity(
                    required(where + ".model", a.model),
                    required(where + ".tokenizer", a.tokenizer),
                    required(where + ".pooling", a.pooling),
                    a.queryPrefix == null ? "" : a.queryPrefix,
                    a.passagePrefix == null ? "" : a.passagePrefix,
                    a.maxTokens == null ? 512 : a.maxTokens,
                    a.quantised != null && a.quantised);
        }

        private SubjectModel.Likelihood likelihood(String where, AnsweringShape a) {
            return new SubjectModel.Likelihood(
                    required(where + ".model", a.model),
                    required(where + ".tokenizer", a.tokenizer),
                    required(where + ".max_tokens", a.maxTokens),
                    a.normalise == null ? SubjectModel.Normalise.LENGTH : a.normalise,
                    template(where + ".context", a.context == null ? "Question: {question}\nAnswer:" : a.context),
                    a.delimiter == null ? " " : a.delimiter,
                    a.benchmarks == null ? List.of() : a.benchmarks);
        }

        private SubjectModel.ScoreLog log(String where, LogShape l) {
            String format = l.format == null && l.sql != null ? "query" : l.format;
            check(
                    (l.sql != null) == "query".equals(format),
                    where + ".sql",
                    "stands with format query, and only there");
            check(
                    l.range == null || (l.range.size() == 2 && l.range.get(0) < l.range.get(1)),
                    where + ".range",
                    "is " + l.range + "; write the worst and the best value, such as [1, 10]");
            return new SubjectModel.ScoreLog(
                    required(where + ".benchmark", l.benchmark),
                    required(where + ".files", l.files),
                    format,
                    l.sql,
                    new SubjectModel.Reading(
                            l.metric, l.filter, l.scorer, l.detector, l.match, l.range, l.invert != null && l.invert));
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
            return new Problem(file + ", " + field, complaint, REMEDY);
        }
    }

    private static Problem explained(Path file, String text, JsonProcessingException e) {
        int line = line(text, e);
        String where = file + (line < 1 ? "" : ", line " + line);
        if (e instanceof JsonMappingException m && !m.getPath().isEmpty()) {
            where += ", " + path(m);
        }
        return new Problem(where, complaint(e), REMEDY, e);
    }

    /** Where the field in question stands; Jackson itself is further on by the time it complains about some. */
    private static int line(String text, JsonProcessingException e) {
        if (e instanceof JsonMappingException m && !m.getPath().isEmpty()) {
            JsonPointer wanted = JsonPointer.empty();
            for (JsonMappingException.Reference step : m.getPath()) {
                wanted = step.getFieldName() == null
                        ? wanted.appendIndex(step.getIndex())
                        : wanted.appendProperty(step.getFieldName());
            }
            try (JsonParser parser = YAML.createParser(text)) {
                while (parser.nextToken() != null) {
                    if (parser.getParsingContext().pathAsPointer().equals(wanted)) {
                        return parser.currentTokenLocation().getLineNr();
                    }
                }
            } catch (IOException syntax) {
                // the location of the complaint is the next best
            }
        }
        JsonLocation at = e.getLocation();
        return at == null ? -1 : at.getLineNr();
    }

    private static String complaint(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException u ->
                "unknown key '" + u.getPropertyName() + "'; known here: "
                        + u.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case InvalidFormatException f
            when f.getTargetType().isEnum() ->
                "'" + f.getValue() + "' is not one of "
                        + Arrays.stream(f.getTargetType().getEnumConstants())
                                .map(c -> c.toString().toLowerCase(Locale.ROOT))
                                .toList();
            case InvalidFormatException f ->
                "'" + f.getValue() + "' is not a " + f.getTargetType().getSimpleName();
            case ValueInstantiationException v ->
                v.getCause() == null ? v.getOriginalMessage() : v.getCause().getMessage();
            default -> e.getOriginalMessage().lines().findFirst().orElse("not valid YAML");
        };
    }

    private static String path(JsonMappingException e) {
        var path = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
