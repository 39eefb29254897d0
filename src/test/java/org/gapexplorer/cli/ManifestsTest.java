package org.gapexplorer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gapexplorer.extract.Shard;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What lies in {@code k8s/} is what Kubernetes knows, and its parts fit each other and the command line. */
class ManifestsTest {
    private static final String COMPONENT = "app.kubernetes.io/component";

    private static boolean isKustomization(Path file) {
        return file.endsWith("kustomization.yaml");
    }

    private static Stream<JsonNode> elements(JsonNode kustomization, String list) {
        return StreamSupport.stream(kustomization.path(list).spliterator(), false);
    }

    /** Files and folders that a kustomization names, relative to it. */
    private static List<Path> named(Path kustomization) throws IOException {
        JsonNode content = Manifests.documents(kustomization).getFirst();
        Path folder = kustomization.getParent();
        return Stream.of(
                        elements(content, "resources").map(JsonNode::asText),
                        elements(content, "components").map(JsonNode::asText),
                        elements(content, "patches").map(p -> p.path("path").asText()))
                .flatMap(names -> names)
                .map(name -> folder.resolve(name).normalize())
                .toList();
    }

    /** The files that hold whole resources: those that kustomizations name as such. */
    private static List<Path> resources() throws IOException {
        List<Path> resources = new ArrayList<>();
        for (Path file : Manifests.files()) {
            if (isKustomization(file)) {
                elements(Manifests.documents(file).getFirst(), "resources")
                        .map(name -> file.resolveSibling(name.asText()).normalize())
                        .filter(Files::isRegularFile)
                        .forEach(resources::add);
            }
        }
        return resources;
    }

    private static List<HasMetadata> read(List<JsonNode> documents) throws IOException {
        List<HasMetadata> read = new ArrayList<>();
        for (JsonNode document : documents) {
            if (!Manifests.kind(document).equals(Manifests.OPERATORS)) {
                read.add(Manifests.read(document));
            }
        }
        return read;
    }

    private static List<HasMetadata> unbuilt(String... folders) throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        for (Path file : resources()) {
            if (Stream.of(folders).anyMatch(folder -> file.startsWith(Manifests.FOLDER.resolve(folder)))) {
                all.addAll(read(Manifests.documents(file)));
            }
        }
        return all;
    }

    private static <T> T only(List<HasMetadata> resources, Class<T> type) {
        List<T> some =
                resources.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(some).as(type.getSimpleName()).hasSize(1);
        return some.getFirst();
    }

    private static List<PodTemplateSpec> templates(List<HasMetadata> resources) {
        List<PodTemplateSpec> templates = new ArrayList<>();
        for (HasMetadata resource : resources) {
            if (resource instanceof Deployment deployment) {
                templates.add(deployment.getSpec().getTemplate());
            } else if (resource instanceof Job job) {
                templates.add(job.getSpec().getTemplate());
            }
        }
        return templates;
    }

    private static List<Container> containers(PodTemplateSpec template) {
        return Stream.concat(
                        template.getSpec().getInitContainers().stream(), template.getSpec().getContainers().stream())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> everyResourceHasOnlyFieldsThatItsKindHas() throws IOException {
        return resources().stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.toString(),
                        () -> assertThat(Manifests.documents(file)).isNotEmpty().allSatisfy(document -> {
                            if (!Manifests.kind(document).equals(Manifests.OPERATORS)) {
                                assertThat(Manifests.read(document)
                                                .getMetadata()
                                                .getName())
                                        .isNotBlank();
                            }
                        })));
    }

    @Test
    void aMisspeltFieldAnywhereIsRefused() throws IOException {
        int tried = 0;
        for (Path file : resources()) {
            for (JsonNode document : Manifests.documents(file)) {
                if (Manifests.kind(document).equals(Manifests.OPERATORS)) {
                    continue;
                }
                for (ObjectNode object : typed(document)) {
                    object.put("imagePullPolcy", "Always");
                    assertThatThrownBy(() -> Manifests.read(document))
                            .as("%s: %s", file, object)
                            .isInstanceOf(JsonMappingException.class)
                            .hasMessageContaining("imagePullPolcy");
                    object.remove("imagePullPolcy");
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(200);
    }

    /** The objects of a document whose fields the API defines, not the user: all but maps of labels and the like. */
    private static List<ObjectNode> typed(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.properties().forEach(field -> {
            if (!Set.of("labels", "matchLabels", "annotations", "data", "selector", "requests", "limits")
                    .contains(field.getKey())) {
                found.addAll(typed(field.getValue()));
            } else if (field.getKey().equals("selector") && field.getValue().has("matchLabels")) {
                found.add((ObjectNode) field.getValue());
            }
        });
        if (node.isArray()) {
            node.forEach(element -> found.addAll(typed(element)));
        }
        return found;
    }

    @Test
    void everyFileBelongsToAKustomizationAndEachOfThemNamesWhatIsThere() throws IOException {
        Set<Path> named = new HashSet<>();
        for (Path file : Manifests.files()) {
            if (isKustomization(file)) {
                for (Path name : named(file)) {
                    assertThat(name).as("named in %s", file).exists();
                    if (Files.isDirectory(name)) {
                        assertThat(name.resolve("kustomization.yaml")).exists();
                    }
                    named.add(name);
                }
            }
        }
        assertThat(Manifests.files()).filteredOn(file -> !isKustomization(file)).allMatch(named::contains);
    }

    @Test
    void everyPatchHasATarget() throws IOException {
        Set<String> there = new HashSet<>();
        for (Path file : resources()) {
            for (JsonNode document : Manifests.documents(file)) {
                there.add(
                        target(document.path("kind"), document.path("metadata").path("name")));
            }
        }
        for (Path file : Manifests.files()) {
            if (isKustomization(file)) {
                for (JsonNode patch : elements(Manifests.documents(file).getFirst(), "patches")
                        .toList()) {
                    JsonNode by = patch.has("target")
                            ? patch.path("target")
                            : Manifests.documents(file.resolveSibling(
                                            patch.path("path").asText()))
                                    .getFirst();
                    JsonNode name = by.has("metadata") ? by.path("metadata").path("name") : by.path("name");
                    assertThat(there).contains(target(by.path("kind"), name));
                }
            }
        }
    }

    private static String target(JsonNode kind, JsonNode name) {
        return kind.asText() + " " + name.asText();
    }

    /** With kustomize itself, where kubectl is installed: what would be applied. */
    @TestFactory
    Stream<DynamicTest> whatKustomizeBuildsIsSoundAsWell() throws IOException {
        return Manifests.files().stream()
                .filter(ManifestsTest::isKustomization)
                .filter(file -> !file.startsWith(Manifests.FOLDER.resolve("components")))
                .map(file -> DynamicTest.dynamicTest(file.getParent().toString(), () -> {
                    List<HasMetadata> built = read(Manifests.documents(kustomize(file.getParent())));
                    assertThat(built).isNotEmpty();
                    built.forEach(resource -> {
                        if (resource.getMetadata().getNamespace() != null) {
                            assertThat(resource.getMetadata().getNamespace()).isEqualTo("gap-explorer");
                        }
                    });
                    templates(built).forEach(ManifestsTest::assertSound);
                    templates(built).stream()
                            .flatMap(template -> containers(template).stream())
                            .forEach(container -> assertThat(container.getImage())
                                    .as("%s of one version", container.getName())
                                    .matches("gap-explorer:\\d+\\.\\d+\\.\\d+(-cuda)?"));
                    Stream.of("base", "open", "team")
                            .filter(file.getParent()::endsWith)
                            .forEach(explorer -> assertVolumesThere(built, built));
                }));
    }

    private static String kustomize(Path folder) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("kubectl", "kustomize", folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException absent) {
            assumeThat(false).as("kubectl is not installed").isTrue();
            throw absent;
        }
        String built = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("kubectl kustomize %s", folder).isZero();
        return built;
    }

    @Test
    void everyPodIsRestrictedAndSpeaksOurCommands() throws IOException {
        List<PodTemplateSpec> templates = templates(unbuilt("base", "extract"));
        assertThat(templates).hasSize(3);
        templates.forEach(ManifestsTest::assertSound);
        assertVolumesThere(unbuilt("base"), unbuilt("base"));
        assertVolumesThere(unbuilt("extract"), unbuilt("base", "extract"));
    }

    /** Pod Security Standard "restricted", plus a root file system that is read-only and no token. */
    private static void assertSound(PodTemplateSpec template) {
        var pod = template.getSpec();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        Set<String> volumes = new HashSet<>();
        pod.getVolumes().forEach(volume -> volumes.add(volume.getName()));
        for (Container container : containers(template)) {
            var security = container.getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).containsKey("memory");
            assertThat(container.getImage()).startsWith("gap-explorer");
            assertThat(container.getCommand()).as("the image's own entry point").isEmpty();
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getName)
                    .isSubsetOf(volumes);
            assertThat(container.getVolumeMounts())
                    .extracting(VolumeMount::getMountPath)
                    .contains("/tmp");
            String[] words = container.getArgs().toArray(String[]::new);
            Main.line(words).parseArgs(words);
        }
    }

    /** Volumes, settings and accounts that pods refer to are among the resources. */
    private static void assertVolumesThere(List<HasMetadata> pods, List<HasMetadata> resources) {
        Set<String> there = new HashSet<>();
        resources.stream()
                .filter(r ->
                        r instanceof PersistentVolumeClaim || r instanceof ConfigMap || r instanceof ServiceAccount)
                .forEach(r -> there.add(r.getKind() + " " + r.getMetadata().getName()));
        for (PodTemplateSpec template : templates(pods)) {
            assertThat(there).contains("ServiceAccount " + template.getSpec().getServiceAccountName());
            template.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getPersistentVolumeClaim() != null)
                    .forEach(volume -> assertThat(there)
                            .contains("PersistentVolumeClaim "
                                    + volume.getPersistentVolumeClaim().getClaimName()));
            containers(template).stream()
                    .flatMap(container -> container.getEnvFrom().stream())
                    .filter(from -> from.getConfigMapRef() != null)
                    .forEach(from -> assertThat(there)
                            .contains("ConfigMap " + from.getConfigMapRef().getName()));
        }
    }

    /** Who visits from a network that is trusted can make up addresses: none of those that companies give their machines. */
    @Test
    void noWholePrivateNetworkIsTrustedAsProxies() throws IOException {
        String proxies = only(unbuilt("base"), ConfigMap.class).getData().get("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES");
        for (String network : proxies.split(",")) {
            assertThat(Integer.parseInt(network.replaceAll(".*/", "")))
                    .as(network)
                    .isGreaterThanOrEqualTo(16);
        }
    }

    @Test
    void theShardsOfTheJobAreAsManyAsItsIndexes() throws IOException {
        List<Job> jobs = unbuilt("extract").stream()
                .filter(Job.class::isInstance)
                .map(Job.class::cast)
                .toList();
        Job shards = jobs.stream()
                .filter(job -> "Indexed".equals(job.getSpec().getCompletionMode()))
                .findFirst()
                .orElseThrow();
        List<String> words = shards.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getArgs();
        String shard = words.get(words.indexOf("--shard") + 1);
        int last = shards.getSpec().getCompletions() - 1;
        assertThat(Shard.parse(shard, Map.of("JOB_COMPLETION_INDEX", String.valueOf(last))))
                .isEqualTo(new Shard(last + 1, shards.getSpec().getCompletions()));
        assertThat(shards.getSpec().getParallelism())
                .isLessThanOrEqualTo(shards.getSpec().getCompletions());
        assertThat(shards.getSpec().getMaxFailedIndexes())
                .isLessThan(shards.getSpec().getCompletions());
        // the rules of Kubernetes for a podFailurePolicy and for retries by index
        assertThat(shards.getSpec().getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
        assertThat(shards.getSpec().getBackoffLimitPerIndex()).isPositive();
        shards.getSpec().getPodFailurePolicy().getRules().stream()
                .filter(rule -> rule.getOnExitCodes() != null)
                .forEach(rule -> assertThat(containers(shards.getSpec().getTemplate()))
                        .extracting(Container::getName)
                        .contains(rule.getOnExitCodes().getContainerName()));
        Job merge = jobs.get(1 - jobs.indexOf(shards));
        List<String> first = merge.getSpec()
                .getTemplate()
                .getSpec()
                .getInitContainers()
                .getFirst()
                .getArgs();
        assertThat(first).contains("--wait").containsSubsequence("--out", words.get(words.indexOf("--out") + 1));
        assertThat(first.get(first.indexOf("--device") + 1)).isEqualTo(words.get(words.indexOf("--device") + 1));
    }

    @Test
    void whatSelectsTheExplorersPodsFindsThem() throws IOException {
        List<HasMetadata> base = unbuilt("base");
        Deployment explorer = only(base, Deployment.class);
        Map<String, String> labels =
                explorer.getSpec().getTemplate().getMetadata().getLabels();
        assertThat(labels).containsAllEntriesOf(explorer.getSpec().getSelector().getMatchLabels());
        assertThat(labels)
                .containsAllEntriesOf(only(base, Service.class).getSpec().getSelector());
        assertThat(labels)
                .containsAllEntriesOf(only(base, PodDisruptionBudget.class)
                        .getSpec()
                        .getSelector()
                        .getMatchLabels());
        var scale = only(base, HorizontalPodAutoscaler.class).getSpec();
        assertThat(scale.getScaleTargetRef().getName())
                .isEqualTo(explorer.getMetadata().getName());
        assertThat(scale.getMinReplicas()).isGreaterThan(1);
        assertThat(explorer.getSpec().getReplicas())
                .as("the autoscaler's to say")
                .isNull();
        String backend = only(base, Ingress.class)
                .getSpec()
                .getRules()
                .getFirst()
                .getHttp()
                .getPaths()
                .getFirst()
                .getBackend()
                .getService()
                .getName();
        assertThat(backend).isEqualTo(only(base, Service.class).getMetadata().getName());
        Container container =
                explorer.getSpec().getTemplate().getSpec().getContainers().getFirst();
        assertThat(explorer.getSpec().getTemplate().getSpec().getTerminationGracePeriodSeconds())
                .as("longer than the pause before SIGTERM and the wait for answers after it")
                .isGreaterThan(container.getLifecycle().getPreStop().getSleep().getSeconds()
                        + shutdownTimeout().toSeconds());
        assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/q/health/started");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
    }

    private static Duration shutdownTimeout() throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(in);
        }
        return Duration.parse("PT" + settings.getProperty("quarkus.shutdown.timeout"));
    }

    @Test
    void allOurPodsAreClosedToTheNetworkButForWhatIsAllowed() throws IOException {
        List<HasMetadata> all = unbuilt("base", "extract");
        List<NetworkPolicy> policies = all.stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList();
        for (PodTemplateSpec template : templates(all)) {
            Map<String, String> labels = template.getMetadata().getLabels();
            List<NetworkPolicy> selecting = policies.stream()
                    .filter(p -> labels.entrySet()
                            .containsAll(p.getSpec()
                                    .getPodSelector()
                                    .getMatchLabels()
                                    .entrySet()))
                    .toList();
            assertThat(selecting)
                    .as("denied in both directions")
                    .anyMatch(p -> p.getSpec().getPolicyTypes().containsAll(List.of("Ingress", "Egress"))
                            && p.getSpec().getIngress().isEmpty()
                            && p.getSpec().getEgress().isEmpty());
            assertThat(selecting.stream().flatMap(p -> p.getSpec().getEgress().stream()))
                    .as("names are asked for")
                    .anyMatch(rule -> rule.getPorts().stream()
                            .anyMatch(port -> port.getPort().getIntVal() != null
                                    && port.getPort().getIntVal() == 53));
            boolean heard =
                    selecting.stream().anyMatch(p -> !p.getSpec().getIngress().isEmpty());
            assertThat(heard).isEqualTo(labels.get(COMPONENT).equals("explorer"));
        }
    }
}
