package org.gapexplorer.explorer.visit;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.snapshot.publish.Mirror;

/** Fills the folder of snapshots from a bucket, where one is configured. */
@Startup
@Singleton
public class BucketMirror {
    private final Optional<Mirror> mirror;

    /**
     * @param bucket {@code s3://bucket/prefix}: one study's published versions, or a folder of them for each study
     * @param endpoint of an S3-compatible service
     * @param poll between two looks at the bucket
     */
    BucketMirror(
            @ConfigProperty(name = "gapexplorer.snapshots", defaultValue = "index/snapshots") Path folder,
            @ConfigProperty(name = "gapexplorer.bucket") Optional<String> bucket,
            @ConfigProperty(name = "gapexplorer.bucket.endpoint") Optional<String> endpoint,
            @ConfigProperty(name = "gapexplorer.bucket.poll", defaultValue = "30s") Duration poll) {
        mirror = bucket.map(address -> Mirror.start(address, endpoint.orElse(null), folder, poll));
    }

    /** Why the folder may be behind the bucket, for operators; empty where it is not, or there is none. */
    public String trouble() {
        return mirror.map(Mirror::trouble).orElse("");
    }

    /** Whether there is a bucket, which heals what is wrong in the folder. */
    boolean isThere() {
        return mirror.isPresent();
    }

    /** Versions of a study that the bucket has, here or not. */
    Set<String> versions(String study) {
        return mirror.map(m -> m.versions(study)).orElse(Set.of());
    }

    /** Whether a version that is not here is in the bucket, and so will be here soon. */
    boolean fetches(String study, String version) {
        return mirror.map(m -> m.fetches(study, version)).orElse(false);
    }

    @PreDestroy
    void close() {
        mirror.ifPresent(Mirror::close);
    }
}
