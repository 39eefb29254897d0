package org.gapexplorer.explorer.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FootprintFormTest {
    private static final String BODY = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nWhat?\r\n--x--\r\n";

    @Test
    void aFormIsRead() {
        assertThat(FootprintForm.of("multipart/form-data; boundary=x", BODY.getBytes(UTF_8))
                        .prompts())
                .isEqualTo("What?");
    }

    /** The decoder met them with exceptions of arrays and of arguments. */
    @ParameterizedTest
    @CsvSource({
        "multipart/form-data; boundary=x, name=, name",
        "multipart/form-data; boundary=x, form-data; name, form-data name",
        "multipart/form-data; bound\u0000ary=x, x, x",
    })
    void aFormThatContradictsItselfIsAProblem(String type, String part, String with) {
        assertThatThrownBy(() -> FootprintForm.of(type, BODY.replace(part, with).getBytes(UTF_8)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cannot be read");
    }
}
