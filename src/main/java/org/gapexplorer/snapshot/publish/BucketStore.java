package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.snapshot.SnapshotFiles;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/**
 * Published versions in a bucket. An object appears whole or not at all, so a version's files come first, then its manifest,
 * and the pointer at the very end. Nothing that is there is written over, but damaged files and the pointer.
 */
final class BucketStore implements Store {
    static final int MOST_POINTER_BYTES = 1_000;
    static final int MOST_MANIFEST_BYTES = 16 << 20;

    /** What was begun and not touched for so long has been given up. */
    private static final Duration GIVEN_UP = Duration.ofDays(1);

    private static final int TURNS = 20;

    private final Bucket bucket;

    BucketStore(Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public String name() {
        return bucket.name();
    }

    @Override
    public Optional<String> current() {
        return pointer().map(this::version);
    }

    private Optional<Bucket.Small> pointer() {
        return bucket.read(SnapshotFiles.CURRENT, null, MOST_POINTER_BYTES);
    }

    private String version(Bucket.Small pointer) {
        return SnapshotFiles.version(bucket.name() + SnapshotFiles.CURRENT, pointer.bytes());
    }

    @Override
    public List<Edition> editions() {
        return bucket.folders().stream()
                .filter(folder -> SnapshotFiles.VERSION.matcher(folder).matches())
                .flatMap(folder -> edition(folder).stream())
                .sorted(Edition.NEWEST_FIRST)
                .toList();
    }

    private Optional<Edition> edition(String version) {
        try {
            return manifest(bucket, version)
                    .map(files -> new Edition(version, files.manifest().built()));
        } catch (ManifestProblem e) {
            return Optional.empty(); // left to whoever can say what it is
        }
    }

    /**
     * A version's manifest and the files it does not list.
     *
     * @param sum null in snapshots of before
     */
    record Opened(Manifest manifest, byte[] bytes, byte[] sum) {}

    /** A manifest that is there and cannot be used: no reason to think that the bucket is away. */
    static final class ManifestProblem extends RuntimeException {
        ManifestProblem(Problem cause) {
            super(cause);
        }

        Problem problem() {
            return (Problem) getCause();
        }
    }

    /** Empty where there is no such version, or not the whole of it. */
    static Optional<Opened> manifest(Bucket bucket, String version) {
        String name = version + "/" + SnapshotFiles.MANIFEST;
        Optional<Bucket.Small> manifest = bucket.read(name, null, MOST_MANIFEST_BYTES);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        byte[] sum = bucket.read(version + "/" + SnapshotFiles.MANIFEST_SUM, null, MOST_POINTER_BYTES)
                .map(Bucket.Small::bytes)
                .orElse(null);
        byte[] bytes = manifest.get().bytes();
        try {
            Manifest read = Manifest.read(bucket.name() + name, bytes, sum);
            if (!read.version().equals(version)) {
                throw new Problem(bucket.name() + name, "is that of version " + read.version(), "publish it again");
            }
            return Optional.of(new Opened(read, bytes, sum));
        } catch (Problem e) {
            throw new ManifestProblem(e);
        }
    }

    @Override
    public void put(Path snapshot, Manifest manifest, Progress progress) {
        try {
            byte[] ours = Files.readAllBytes(snapshot.resolve(SnapshotFiles.MANIFEST));
            String name = manifest.version() + "/" + SnapshotFiles.MANIFEST;
            boolean repair = isOurs(name, ours);
            Upload upload = new Upload(bucket, snapshot, manifest, progress);
            upload.send(repair);
            Path sum = snapshot.resolve(SnapshotFiles.MANIFEST_SUM);
            if (Files.isRegularFile(sum)) {
                bucket.put(
                        manifest.version() + "/" + SnapshotFiles.MANIFEST_SUM,
                        Files.readAllBytes(sum),
                        Bucket.Condition.NONE);
            }
            if (!repair && !bucket.put(name, ours, Bucket.Condition.ABSENT)) {
                isOurs(name, ours);
            }
            upload.verify();
        } catch (IOException e) {
            throw new Problem(snapshot.toString(), "cannot be read (" + Problem.reason(e) + ")", "check the folder", e);
        }
    }

    /**
     * @return false where no manifest is there yet
     * @throws Problem where it is another's
     */
    private boolean isOurs(String name, byte[] ours) {
        Optional<Bucket.Small> there = bucket.read(name, null, MOST_MANIFEST_BYTES);
        if (there.isPresent() && !Arrays.equals(there.get().bytes(), ours)) {
            throw FolderStore.otherContent(bucket.name() + name);
        }
        return there.isPresent();
    }

    @Override
    public String point(Edition version, Optional<String> before) {
        byte[] bytes = SnapshotFiles.pointer(version.version());
        for (int turn = 0; turn < TURNS; turn++) {
            Optional<Bucket.Small> there = pointer();
            Optional<String> now = there.map(this::version);
            if (now.equals(Optional.of(version.version()))) {
                return version.version();
            }
            if (!now.equals(before) && now.isPresent() && isLater(now.get(), version)) {
                return now.get();
            }
            Bucket.Condition unchanged =
                    there.map(t -> new Bucket.Condition(false, t.tag())).orElse(Bucket.Condition.ABSENT);
            if (bucket.put(SnapshotFiles.CURRENT, bytes, unchanged)) {
                return version.version();
            }
        }
        throw new Problem(
                bucket.name() + SnapshotFiles.CURRENT, "others keep changing it", "try again when they are done");
    }

    private boolean isLater(String version, Edition than) {
        return edition(version).filter(e -> e.built().isAfter(than.built())).isPresent();
    }

    /** The manifest first: without it there is no such version, whatever else is left of it. */
    @Override
    public void remove(String version) {
        if (!current().equals(Optional.of(version))) {
            bucket.delete(List.of(version + "/" + SnapshotFiles.MANIFEST));
            bucket.delete(bucket.list(version).keySet());
        }
    }

    @Override
    public void sweep() {
        Instant longAgo = Instant.now().minus(GIVEN_UP);
        bucket.folders().stream()
                .filter(folder -> SnapshotFiles.VERSION.matcher(folder).matches())
                .filter(folder -> !current().equals(Optional.of(folder)))
                .map(bucket::list)
                .filter(BucketStore::isUnfinished)
                .filter(objects ->
                        objects.values().stream().allMatch(o -> o.modified().isBefore(longAgo)))
                .forEach(objects -> bucket.delete(objects.keySet()));
    }

    /** Some of a version's files and no manifest. Another study's folder has a pointer and manifests further below. */
    private static boolean isUnfinished(Map<String, Bucket.Listed> objects) {
        Collection<String> names = objects.keySet();
        Stream<String> ends = names.stream().map(name -> name.substring(name.lastIndexOf('/') + 1));
        return !names.isEmpty()
                && ends.noneMatch(end -> end.equals(SnapshotFiles.MANIFEST) || end.equals(SnapshotFiles.CURRENT));
    }

    @Override
    public void close() {
        bucket.close();
    }
}
