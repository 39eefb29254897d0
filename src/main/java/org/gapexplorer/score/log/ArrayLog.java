package org.gapexplorer.score.log;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.stream.DoubleStream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SubjectModel.Match;

/** A bare JSON array of scores in the benchmark's order, as EvalTree's results.json. */
final class ArrayLog implements LogFormat {
    private static final String REMEDY =
            "write one JSON array of numbers in [0, 1], with null where an item is unscored";

    @Override
    public String id() {
        return "array";
    }

    @Override
    public boolean reads(Glance file) {
        return file.kind() == Glance.Kind.SCALARS;
    }

    @Override
    public Match match() {
        return Match.ID;
    }

    @Override
    public void read(LogPart part, Rows rows) {
        double[] scores = array(part);
        if (scores.length != part.items().size()) {
            throw part.problem(
                    "",
                    "holds " + scores.length + " scores, but the benchmark has "
                            + part.items().size() + " items",
                    "an array needs one score an item, in the benchmark's order; use null where an item is unscored");
        }
        for (int i = 0; i < scores.length; i++) {
            String item = part.items().get(i).item();
            rows.row(LogRow.of(List.of(item), List.of(), "", scores[i], null, "element " + i));
        }
    }

    private static double[] array(LogPart part) {
        var scores = DoubleStream.builder();
        int index = 0;
        try (JsonParser parser = JsonLog.JSON.createParser(part.file().toFile())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw part.problem("", "is not a JSON array", REMEDY);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                scores.add(score(part, index, parser));
                index++;
            }
            if (parser.nextToken() != null) {
                throw part.problem("", "goes on after its array", REMEDY);
            }
        } catch (JsonParseException e) {
            throw part.problem(
                    "line " + e.getLocation().getLineNr(), "is not JSON (" + e.getOriginalMessage() + ")", REMEDY);
        } catch (JsonProcessingException e) {
            throw part.problem("", "is out of bounds (" + e.getOriginalMessage() + ")", REMEDY);
        } catch (IOException e) {
            throw new Problem(part.place(), "cannot be read (" + Problem.reason(e) + ")", "check the file", e);
        }
        return scores.build().toArray();
    }

    private static double score(LogPart part, int index, JsonParser parser) throws IOException {
        String at = "element " + index;
        double score = switch (parser.currentToken()) {
            case VALUE_NULL -> Double.NaN;
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case null, default -> throw part.problem(at, "is " + parser.currentToken() + ", not a number", REMEDY);
        };
        if (parser.currentToken() != JsonToken.VALUE_NULL && Double.isNaN(score)) {
            throw part.problem(at, "is NaN", REMEDY);
        }
        return score;
    }
}
