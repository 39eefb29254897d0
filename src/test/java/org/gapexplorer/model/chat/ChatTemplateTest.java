package org.gapexplorer.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.PromptTemplate.Prompt;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TOKENS = Map.of("bos_token", "<s>", "eos_token", "</s>");

    /** What transformers makes of templates in the styles of the common families; see src/test/peers/chat_templates.py. */
    @TestFactory
    Stream<DynamicTest> rendersAsTransformersDoes() throws IOException {
        JsonNode peer;
        try (InputStream in = ChatTemplateTest.class.getResourceAsStream("/peers/chat/rendered.json")) {
            peer = JSON.readTree(in);
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode expected : peer.get("cases")) {
            String name = expected.get("template").asText();
            String talk = expected.get("talk").asText();
            boolean generation = expected.get("add_generation_prompt").asBoolean();
            List<Map<String, Object>> messages =
                    JSON.convertValue(peer.get("talks").get(talk), new TypeReference<>() {});
            tests.add(DynamicTest.dynamicTest(name + ", " + talk + (generation ? ", to be answered" : ""), () -> {
                ChatTemplate template = template(peer.get("templates").get(name).asText(), null, generation);
                if (expected.get("error").isNull()) {
                    assertThat(template.render(messages))
                            .isEqualTo(expected.get("text").asText());
                } else {
                    assertThatThrownBy(() -> template.render(messages))
                            .isInstanceOf(Problem.class)
                            .hasMessageContaining(expected.get("error").asText());
                }
            }));
        }
        return tests.stream();
    }

    private static ChatTemplate template(String source, String system, boolean generation) {
        return ChatTemplate.read(source, "template", new ChatTemplate.Settings(TOKENS, system, generation, null));
    }

    @Test
    void theItemsOwnWordsAreFoundInTheRenderedPromptWhateverTheTemplateTrims() {
        Prompt prompt = new PromptTemplate("  Read this. {question}\n{choices}\nAnswer:")
                .render("Is 😀 a face?", List.of("yes", "no <|end|>"));
        for (String source : List.of(
                "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}</>{% endfor %}",
                "{% for m in messages %}<{{ m.role }}> yes {{ m.content | trim }}\n{% endfor %}no")) {
            Prompt chat = template(source, "Be brief: yes or no.", true).apply(prompt);

            assertThat(chat.text()).contains("Be brief: yes or no.").contains("<user>");
            List<String> own = new ArrayList<>();
            for (int i = 0; i < chat.own().length; i += 2) {
                own.add(chat.text().substring(chat.own()[i], chat.own()[i + 1]));
            }
            assertThat(own).containsExactly("Is 😀 a face?", "yes", "no <|end|>");
            assertThat(chat.own()[0]).isGreaterThan(chat.text().indexOf("Read this."));
        }
    }

    @Test
    void aTemplateThatChangesTheWordsOfAPromptIsAProblem() {
        ChatTemplate shouting = template("{% for m in messages %}{{ m.content | upper }}{% endfor %}", null, true);
        assertThatThrownBy(() -> shouting.apply(new Prompt("quiet", new int[] {0, 5})))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("changes the words");
    }

    @Test
    void aPromptThatLooksLikeATemplateIsNotRendered() {
        Prompt hostile = new Prompt("{{ messages }}{% for x in range(9) %}", new int[] {0, 37});
        ChatTemplate plain = template("{{ messages[0].content }}", null, false);
        assertThat(plain.apply(hostile).text()).isEqualTo(hostile.text());
    }

    @Test
    void aDateIsPrintedOnlyIfTheStudyNamesOne() {
        String source = "{{ strftime_now('%d %b %Y') if strftime_now is defined else 'no date' }}";
        assertThat(template(source, null, false).render(List.of())).isEqualTo("no date");
        ChatTemplate dated = ChatTemplate.read(
                source, "template", new ChatTemplate.Settings(TOKENS, null, false, LocalDate.of(2025, 3, 9)));
        assertThat(dated.render(List.of())).isEqualTo("09 Mar 2025");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in range(1000000000) %}x{% endfor %}",
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{{ 'x' * 999999999999 }}",
                "{% set ns = namespace(x='x') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{{ ''.__class__.__mro__ }}",
                "{{ messages.__class__() }}",
                "{% include '/etc/passwd' %}",
                "{% import 'os' as os %}",
                "{{ cycler }}{{ self.x() }}",
                "{{ 1 / 0 }}",
                "{{ 9223372036854775807 + 1 }}",
                "{{ nothing.at.all }}",
                "{{ 'a'.split('') }}",
                "{{ messages | nosuchfilter }}",
                "{{ messages is nosuchtest }}",
                "{% nosuchtag %}",
                "{% if true %}",
                "{% endif %}",
                "{{ 'open",
                "{# open",
                "{{ ((((( }}",
                "{{ [1, 2 }}",
                "{{ {'a' 1} }}",
                "{{ '\\u12' }}",
                "{{ 99999999999999999999 }}",
                "{{ 'a'.replace() }}",
                "{% set x.y = 1 %}",
                "{% for a, b in [1] %}{% endfor %}",
                "{{ messages | tojson(indent=x) }}",
                "{{ raise_exception() }}"
            })
    void aTemplateThatIsHostileOrWrongIsAProblem(String source) {
        assertThatThrownBy(() -> template(source, null, false).render(List.of()))
                .isInstanceOf(Problem.class)
                .hasMessageStartingWith("template: the chat template ");
    }

    @Test
    void deepNestingIsAProblem() {
        for (String source : List.of(
                "{{ " + "(".repeat(50_000) + "1" + ")".repeat(50_000) + " }}",
                "{% if 1 %}".repeat(50_000),
                "{% if 0 %}" + "{% elif 0 %}".repeat(20_000),
                "{{ 1" + ".a".repeat(50_000) + " }}")) {
            assertThatThrownBy(() -> template(source, null, false).render(List.of()))
                    .isInstanceOf(Problem.class);
        }
    }
}
