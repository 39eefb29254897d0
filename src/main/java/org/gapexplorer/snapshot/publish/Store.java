package org.gapexplorer.snapshot.publish;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;

/**
 * Where the published versions of one study lie, a folder each, beside a pointer to the current one. A reader that follows
 * the pointer meets a whole version at any moment. Every method may be called again after it was interrupted, and throws a
 * {@link Problem} where the store cannot be reached or written.
 */
public interface Store extends AutoCloseable {
    /**
     * @param target {@code s3://bucket/prefix}, or a folder
     * @param endpoint of an S3-compatible service; null takes the environment's, or Amazon's
     */
    static Store at(String target, String endpoint) {
        return target.startsWith(BucketAddress.SCHEME)
                ? new BucketStore(Bucket.open(BucketAddress.parse(target), endpoint))
                : new FolderStore(Path.of(target));
    }

    /** As messages name it. */
    String name();

    /** The version that the pointer names. */
    Optional<String> current();

    /** The whole versions, newest first. */
    List<Edition> editions();

    /**
     * Brings a version into the store: its files first, its manifest last. What is there already and equal is left. Returns
     * when every file there has been held against the manifest.
     *
     * @param snapshot its folder, verified
     * @throws Problem where the store has other content under this version
     */
    void put(Path snapshot, Manifest manifest, Progress progress);

    /**
     * Makes a version current, unless another publisher meanwhile made one current that was built later.
     *
     * @param version that is there
     * @param before what was current when publishing began
     * @return the version that is current now
     */
    String point(Edition version, Optional<String> before);

    /** Takes a version away, unless it is the current one. */
    void remove(String version);

    /** Clears away what publishers left that never came to an end. */
    void sweep();

    @Override
    void close();
}
