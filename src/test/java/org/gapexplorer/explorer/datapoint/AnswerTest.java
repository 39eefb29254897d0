package org.gapexplorer.explorer.datapoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.gapexplorer.snapshot.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an item's page shows as a model's answer, where the choices are 4, 2 and 3. */
class AnswerTest {
    private static final List<String> NUMBERS = List.of("4", "2", "3");

    @ParameterizedTest
    @CsvSource({
        // said, right choice, score, margin, shown
        "0, 0, 1, , 4",
        "1, 0, 0, , 2",
        "9, 0, 0, , 9",
        "a ferry, 0, 0, , a ferry",
        // the text of the second choice, and the index of the third
        "2, 1, 1, , 2",
        "2, 2, 1, , 3",
        "2, 1, 0, , 3",
        "2, 2, 0, , 2",
        // wrong either way, or not scored
        "2, 0, 0, , 2",
        "2, 0, 0, 0.1, 3",
        "2, 1, , , 2",
        "2, , 1, , 2",
    })
    void aNumberIsAnIndexUnlessItIsAChoicesText(String said, Integer key, Double score, Double margin, String shown) {
        Answer answer = new Answer("m", Optional.of(said), optional(score), optional(margin));
        OptionalInt right = key == null ? OptionalInt.empty() : OptionalInt.of(key);
        assertThat(DatapointDetail.answer(answer, NUMBERS, right)).isEqualTo(shown);
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
