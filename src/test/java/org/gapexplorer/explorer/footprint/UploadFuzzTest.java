package org.gapexplorer.explorer.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.gapexplorer.fuzz.Edit;
import org.gapexplorer.fuzz.Hostile;

/** Changed uploads of prompts: forms with a file, forms with pasted text, JSON. */
class UploadFuzzTest {
    private static final String TYPE = "multipart/form-data; boundary=----WebKitFormBoundaryx7";
    private static final String FILE = """
            {"prompt": "What is the capital of a country?"}
            {"text": "Add two and three.\\nShow how.", "id": 7}
            """;
    private static final String FORM = """
            ------WebKitFormBoundaryx7
            Content-Disposition: form-data; name="text"

            pasted
            ------WebKitFormBoundaryx7
            Content-Disposition: form-data; name="file"; filename="prompts.jsonl"
            Content-Type: application/octet-stream

            %s
            ------WebKitFormBoundaryx7
            Content-Disposition: form-data; name="keep"

            on
            ------WebKitFormBoundaryx7--
            """.formatted(FILE).replace("\n", "\r\n");
    private static final String PASTED = "text=%7B%22prompt%22%3A%20%22caf%C3%A9%22%7D%0D%0Atwo&title=t&against=";
    private static final String ARRAY = "[\"What is two and three?\", {\"prompt\": \"Why?\"}, {\"text\": \"\"}]";

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Edit.SOME;
    }

    @Property
    void formsWithAFile(@ForAll("edits") List<Edit> edits) throws Exception {
        byte[] body = Edit.all(edits, bytes(FORM));
        Hostile.endsWell(() -> prompts(FootprintForm.of(TYPE, body)));
    }

    /** A boundary that the body does not have, or that is none. */
    @Property
    void formsOfAnotherType(@ForAll("edits") List<Edit> edits) throws Exception {
        String type = new String(Edit.all(edits, bytes(TYPE)), StandardCharsets.ISO_8859_1);
        Hostile.endsWell(() -> prompts(FootprintForm.of(type, bytes(FORM))));
    }

    @Property
    void pastedTexts(@ForAll("edits") List<Edit> edits) throws Exception {
        byte[] body = Edit.all(edits, bytes(PASTED));
        Hostile.endsWell(() -> prompts(FootprintForm.of("application/x-www-form-urlencoded", body)));
    }

    @Property
    void jsonLines(@ForAll("edits") List<Edit> edits) throws Exception {
        String text = new String(Edit.all(edits, bytes(FILE)), StandardCharsets.UTF_8);
        Hostile.endsWell(() -> bounded(PromptLines.ofText(text)));
    }

    @Property
    void jsonArrays(@ForAll("edits") List<Edit> edits) throws Exception {
        String text = new String(Edit.all(edits, bytes(ARRAY)), StandardCharsets.UTF_8);
        Hostile.endsWell(() -> bounded(PromptLines.ofArray(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> prompts(FootprintForm form) {
        return bounded(PromptLines.ofText(form.prompts()));
    }

    private static List<String> bounded(List<String> prompts) {
        assertThat(prompts).hasSizeBetween(1, PromptLines.MOST);
        assertThat(prompts).allMatch(prompt -> prompt.length() <= PromptLines.LONGEST);
        return prompts;
    }
}
