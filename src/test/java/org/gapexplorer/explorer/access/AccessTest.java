package org.gapexplorer.explorer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.file.FileSystemConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gapexplorer.snapshot.Shelf;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules as operators write them: in the environment, in a file, in a folder of secrets. */
class AccessTest {
    private static final String STUDY = "GAPEXPLORER_ACCESS_STUDY__";

    @TempDir
    Path secrets;

    private Access access(Map<String, String> environment, Map<String, String> file) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new PropertiesConfigSource(file, "application.properties", 250))
                .withSources(new FileSystemConfigSource(secrets.toFile()))
                .withMapping(AccessSettings.class)
                .withMapping(AdminSettings.class)
                .build();
        AccessSettings settings = config.getConfigMapping(AccessSettings.class);
        return new Access(
                settings, config.getConfigMapping(AdminSettings.class), new TrustedProxies(settings), config, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"safety-evals", "safety.evals", "safety_evals"})
    void theEnvironmentClosesAStudyWhateverStandsBetweenItsWords(String id) {
        Access access = access(
                Map.of(STUDY + "SAFETY_EVALS__BY", "header", STUDY + "SAFETY_EVALS__GROUPS", "red,blue"), Map.of());
        assertThat(access.of(id)).isEqualTo(new Rule(By.HEADER, Set.of(), Set.of("red", "blue")));
        assertThat(access.of("safetyevals").isOpen()).isTrue();
        assertThat(access.of("library").isOpen()).isTrue();
        assertThat(access.isOpen()).isFalse();
        assertThat(access.uses(By.HEADER)).isTrue();
        assertThat(access.aboutNoneOf(List.of("library", id))).isEmpty();
    }

    @Test
    void orOpensOneWhereAllOthersAreClosed() {
        Access access = access(
                Map.of(
                        "GAPEXPLORER_ACCESS_BY",
                        "oidc",
                        "GAPEXPLORER_ACCESS_USERS",
                        "ada",
                        STUDY + "PUBLIC_DEMO_2__BY",
                        "open"),
                Map.of());
        assertThat(access.of("public-demo.2").isOpen()).isTrue();
        assertThat(access.of("public-demo")).isEqualTo(new Rule(By.OIDC, Set.of("ada"), Set.of()));
    }

    @Test
    void aFileSaysExactlyWhichStudyItMeans() {
        Access access = access(
                Map.of("GAPEXPLORER_ACCESS_BY", "header"),
                Map.of(
                        "gapexplorer.access.study.\"safety.evals\".by",
                        "open",
                        "gapexplorer.access.study.plain.by",
                        "open"));
        assertThat(access.of("safety.evals").isOpen()).isTrue();
        assertThat(access.of("plain").isOpen()).isTrue();
        assertThat(access.of("safety-evals").isOpen()).isFalse();
        assertThat(access.aboutNoneOf(List.of("safety-evals"))).containsExactly("plain", "safety.evals");
    }

    @Test
    void theEnvironmentCountsMoreThanTheFile() {
        Access access = access(
                Map.of(STUDY + "SAFETY_EVALS__BY", "oidc"),
                Map.of(
                        "gapexplorer.access.study.\"safety-evals\".by",
                        "open",
                        "gapexplorer.access.study.\"safety-evals\".groups",
                        "red"));
        assertThat(access.of("safety-evals")).isEqualTo(new Rule(By.OIDC, Set.of(), Set.of("red")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gapexplorer.access.study.safety-evals.by", STUDY + "SAFETY_EVALS__BY"})
    void aFolderOfSecretsClosesItToo(String name) throws IOException {
        Files.writeString(secrets.resolve(name), "header\n");
        Access access = access(Map.of(), Map.of());
        assertThat(access.of("safety-evals").isOpen()).isFalse();
        assertThat(access.isOpen()).isFalse();
        assertThat(access.uses(By.HEADER)).isTrue();
    }

    @Test
    void aRuleWhoseStudyIsNotThereIsTold() {
        Access access = access(Map.of(STUDY + "SAFTEY_EVALS__BY", "header", STUDY + "EXAMS__BY", "header"), Map.of());
        assertThat(access.aboutNoneOf(List.of("exams", "safety-evals"))).containsExactly("saftey.evals");
    }

    @Test
    void aStudyWithoutAnIdIsClosedByARuleThatCloses() {
        assertThat(access(Map.of(STUDY + "EXAMS__BY", "header"), Map.of()).of(Shelf.ONLY))
                .isEqualTo(new Rule(By.HEADER, Set.of(), Set.of()));
        assertThat(access(Map.of(STUDY + "EXAMS__BY", "open"), Map.of())
                        .of(Shelf.ONLY)
                        .isOpen())
                .isTrue();
        assertThat(access(Map.of(), Map.of()).of(Shelf.ONLY).isOpen()).isTrue();
    }

    @Test
    void anIdThatNoStudyCanHaveStopsTheStart() {
        assertThatThrownBy(() -> access(Map.of(), Map.of("gapexplorer.access.study.\"Safety\".by", "header")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("gapexplorer.access.study.\"Safety\"");
    }
}
