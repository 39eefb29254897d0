package org.gapexplorer.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.gapexplorer.study.Problem;

/** Builds the container image, an OCI archive, without a container engine and without a registry. */
public final class Image {
    private static final int PORT = 8080;

    private Image() {}

    /**
     * What to build from.
     *
     * @param java home of the JDK whose runtime the image gets
     * @param arguments the launcher's options for every Java process, class path last
     * @param snapshots to rehearse a start with, a folder of snapshots or one; null for an image without a start cache
     * @param work folder for what is laid out; kept, so that an image of the same build gets the same start cache
     * @param version of the application
     */
    public record Plan(Path java, Path arguments, Path snapshots, Path work, String version) {}

    /**
     * Returns the image's digest ({@code sha256:...}).
     *
     * @param out the archive; replaced when the new one is whole
     * @throws Problem where a program that is needed is absent or fails
     */
    public static String build(Plan plan, Path out) throws IOException {
        Path root = plan.work().toAbsolutePath().resolve("root");
        Files.createDirectories(plan.work());
        ImageFolder folder = new ImageFolder(root);
        folder.layOut(plan.work().resolve("debs"), plan.java(), plan.arguments());
        if (plan.snapshots() != null) {
            addCache(plan, folder, root);
        }
        folder.setTimes();
        try {
            return pack(plan, root, out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(out.toString(), "was interrupted", "build it again", e);
        } catch (Exception e) {
            if (e instanceof IOException io) throw io;
            if (e instanceof ExecutionException && e.getCause() instanceof IOException io) throw io;
            throw new IllegalStateException(e);
        }
    }

    /** A rehearsal's cache is never the same twice: it is made once for one runtime and one set of jars, and kept. */
    private static void addCache(Plan plan, ImageFolder folder, Path root) throws IOException {
        Path kept = plan.work()
                .toAbsolutePath()
                .resolve("start-" + folder.identity().substring(0, 16));
        Path cache = kept.resolve("start.aot");
        if (!Files.exists(cache)) {
            DebianBase.deleteAll(kept);
            Files.createDirectories(kept);
            Path fresh = kept.resolve("new.aot");
            folder.rehearse(plan.snapshots().toAbsolutePath(), fresh);
            Files.move(fresh, cache);
        }
        Files.copy(cache, root.resolve(ImageFolder.CACHE), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pack(Plan plan, Path root, Path out) throws Exception {
        Path partial = out.resolveSibling(out.getFileName() + ".partial");
        Path layers = plan.work().resolve("layers");
        // Jib knows a layer by its files' names and times, and here all times are one
        DebianBase.deleteAll(layers);
        JibContainer built = Jib.fromScratch()
                .setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform("amd64", "linux")))
                .setCreationTime(ImageFolder.TIME)
                // what changes least comes first, so that a new version of the application is a small download
                .setFileEntriesLayers(List.of(
                        layer(
                                "base",
                                root,
                                List.of("etc", "lib", "lib64", "usr", "var", "tmp", "snapshots", "proc", "sys", "dev")),
                        layer("java", root, List.of(ImageFolder.RUNTIME)),
                        layer("libraries", root, ImageFolder.LIBRARIES),
                        layer("application", root, ImageFolder.OWN)))
                .setUser(ImageFolder.USER + ":" + ImageFolder.USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
                // sorted, for the order of Map.of is another in every process, and stands in what the digest is of
                .setEnvironment(new TreeMap<>(Map.of(
                        // ONNX Runtime 1.29 reports its use to its makers, and crashes over that where there is no
                        // shell
                        "ORT_DISABLE_TELEMETRY", "1",
                        "GAPX_HOME", "/" + ImageFolder.APPLICATION,
                        "DJL_CACHE_DIR", "/" + ImageFolder.APPLICATION + "/native/djl",
                        "DJL_OFFLINE", "true",
                        "RUST_FLAVOR", "cpu",
                        // where fontconfig keeps its cache
                        "HOME", "/tmp",
                        // a container's loopback is reached by nobody else: what may reach the port is the engine's to
                        // say
                        "QUARKUS_HTTP_HOST", "0.0.0.0")))
                .setEntrypoint("/" + ImageFolder.RUNTIME + "/bin/java", "@/" + ImageFolder.ARGUMENTS, ImageFolder.MAIN)
                .setProgramArguments("serve", "--snapshot", "/snapshots")
                .setExposedPorts(Set.of(Port.tcp(PORT)))
                .setLabels(new TreeMap<>(Map.of(
                        "org.opencontainers.image.title", "Gap Explorer",
                        "org.opencontainers.image.description",
                                "Which concepts a benchmark exercises, and how well a model does where they fire",
                        "org.opencontainers.image.licenses", "Apache-2.0",
                        "org.opencontainers.image.version", plan.version())))
                .containerize(Containerizer.to(TarImage.at(partial).named("gap-explorer:" + plan.version()))
                        .setOfflineMode(true)
                        .setToolName("gapx image")
                        .setBaseImageLayersCache(layers)
                        .setApplicationLayersCache(layers));
        Files.move(partial, out, StandardCopyOption.ATOMIC_MOVE);
        return built.getDigest().toString();
    }

    private static FileEntriesLayer layer(String name, Path root, List<String> parts) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        for (String part : parts) {
            if (Files.exists(root.resolve(part))) {
                layer.addEntryRecursive(
                        root.resolve(part),
                        AbsoluteUnixPath.get("/" + part),
                        (file, place) -> permissions(file, place.toString()),
                        (file, place) -> ImageFolder.TIME);
            }
        }
        return layer.build();
    }

    /** Owned by root and written by nobody, but for /tmp. */
    private static FilePermissions permissions(Path file, String place) {
        if (place.equals("/tmp")) {
            return FilePermissions.fromOctalString("777");
        }
        boolean open = Files.isDirectory(file) || Files.isExecutable(file) || place.endsWith(".so");
        return FilePermissions.fromOctalString(open ? "755" : "644");
    }
}
