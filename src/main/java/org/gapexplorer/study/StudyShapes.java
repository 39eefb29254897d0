package org.gapexplorer.study;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The shape of a study file. What may be left out is null here and gets its default in {@link StudyFile}. */
final class StudyShapes {
    private StudyShapes() {}

    // The file's shape: what may be left out is nullable here and gets its default in toStudy.
    record FileShape(
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

    record LensShape(
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

    record ChatShape(SourceRef template, String system, Boolean addGenerationPrompt, String date) {}

    record BenchmarkShape(
            String use,
            String id,
            String title,
            String scope,
            String licence,
            String citation,
            Benchmark.Kind kind,
            String visibility,
            Double chance,
            String canary,
            Map<String, List<SourceRef>> files,
            String sql,
            String template) {}

    record ModelShape(
            String id, String title, String licence, Boolean byDefault, AnsweringShape answers, List<LogShape> logs) {}

    record AnsweringShape(
            By by,
            SourceRef model,
            List<SourceRef> modelData,
            SourceRef tokenizer,
            SourceRef tokenizerConfig,
            Integer maxTokens,
            SubjectModel.Pooling pooling,
            String queryPrefix,
            String passagePrefix,
            Boolean quantised,
            SubjectModel.Normalise normalise,
            String context,
            String delimiter,
            List<String> benchmarks) {}

    enum By {
        SIMILARITY,
        LIKELIHOOD
    }

    record LogShape(
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

    record SaeShape(SourceRef source, SaeSettings settings) {}

    /** A bare source, or a mapping with a source and what is to be said of it. */
    static final class SaeReader extends StdDeserializer<SaeShape> {
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

    static final class SourceRefReader extends StdDeserializer<SourceRef> {
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
    static final class LabelSourceReader extends StdDeserializer<LabelSource> {
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
}
