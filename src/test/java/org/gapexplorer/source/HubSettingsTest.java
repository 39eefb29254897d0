package org.gapexplorer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variables and their order are those of huggingface_hub's own documentation. */
class HubSettingsTest {
    @TempDir
    Path home;

    private HubSettings of(Map<String, String> environment) {
        return HubSettings.of(environment, home);
    }

    @Test
    void theCacheIsWhereHuggingfaceHubPutsIt() {
        assertThat(of(Map.of()).cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/hf")).cache()).isEqualTo(Path.of("/hf/hub"));
        assertThat(of(Map.of("HF_HOME", "/hf", "HUGGINGFACE_HUB_CACHE", "/old")).cache())
                .isEqualTo(Path.of("/old"));
        assertThat(of(Map.of("HF_HOME", "~/hf", "HF_HUB_CACHE", "~/c")).cache()).isEqualTo(home.resolve("c"));
    }

    @Test
    void theTokenIsTheVariablesOrTheFilesAndNeverShown() throws IOException {
        assertThat(of(Map.of()).token()).isNull();
        Files.createDirectories(home.resolve(".cache/huggingface"));
        Files.writeString(home.resolve(".cache/huggingface/token"), "hf_file\n");
        assertThat(of(Map.of()).token()).isEqualTo("hf_file");
        assertThat(of(Map.of("HF_TOKEN", " hf_variable ")).token()).isEqualTo("hf_variable");
        Files.writeString(home.resolve("mine"), "hf_mine");
        assertThat(of(Map.of("HF_TOKEN_PATH", home.resolve("mine").toString())).token())
                .isEqualTo("hf_mine");
        assertThat(of(Map.of("HF_TOKEN", "hf_variable")).toString()).doesNotContain("hf_variable");
        assertThat(Http.Settings.usual(of(Map.of()).schemes(), of(Map.of())).toString())
                .doesNotContain("hf_file");
    }

    @Test
    void theEndpointMayHaveAPathAndHttpOnlyIfItSaysSo() {
        assertThat(of(Map.of()).endpoint()).hasToString("https://huggingface.co");
        assertThat(of(Map.of()).schemes()).containsExactly("https");
        HubSettings mirror = of(Map.of("HF_ENDPOINT", "http://mirror:8080/hub//"));
        assertThat(mirror.schemes()).contains("http", "https");
        assertThat(HubUri.parse("hf:o/n@main/a b").address(mirror.endpoint()))
                .hasToString("http://mirror:8080/hub/o/n/resolve/main/a%20b");
        for (String wrong : new String[] {"mirror", "file:///x", "https://user:secret@host", "https://"}) {
            assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", wrong)))
                    .isInstanceOf(Problem.class)
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void offlineIsToldInSeveralWords() {
        assertThat(of(Map.of("HF_HUB_OFFLINE", "1")).offline()).isTrue();
        assertThat(of(Map.of("HF_HUB_OFFLINE", "yes")).offline()).isTrue();
        assertThat(of(Map.of("TRANSFORMERS_OFFLINE", "True")).offline()).isTrue();
        assertThat(of(Map.of("HF_HUB_OFFLINE", "0")).offline()).isFalse();
    }
}
