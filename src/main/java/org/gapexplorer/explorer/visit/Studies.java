package org.gapexplorer.explorer.visit;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.explorer.problem.NoSnapshot;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.service.Searches;
import org.gapexplorer.snapshot.Shelf;
import org.gapexplorer.snapshot.Snapshots;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;

/**
 * The studies that this server shows, opened at start: a broken one should be known then, not at the first visit. Where
 * there are several each has its pages under {@code /s/{study}}, and addresses without that show one of them.
 */
@Startup
@Singleton
public class Studies {
    private static final Logger LOG = Logger.getLogger(Studies.class);

    private final Shelf shelf;
    private final Optional<String> preferred;
    private final CurrentVertxRequest request;
    private final Searches watch;
    private final BucketMirror bucket;

    /** @param preferred the study of addresses that name none; where it is not there, the first by id */
    Studies(
            CurrentVertxRequest request,
            Searches watch,
            BucketMirror bucket,
            @ConfigProperty(name = "gapexplorer.snapshots", defaultValue = "index/snapshots") Path folder,
            @ConfigProperty(name = "gapexplorer.default-study") Optional<String> preferred) {
        this.request = request;
        this.watch = watch;
        this.bucket = bucket;
        this.preferred = preferred;
        this.shelf = Shelf.open(folder);
        for (ShownStudy study : all()) {
            study.snapshots().trouble().ifPresent(t -> tell(study, t));
        }
    }

    /**
     * A server of one study whose snapshot is broken does not start; one of several shows the others, and one with a bucket
     * fetches it again.
     */
    private void tell(ShownStudy study, Problem trouble) {
        if (!several() && !bucket.isThere()) {
            shelf.close();
            throw trouble;
        }
        LOG.warnf("study %s is not shown: %s", study.id(), trouble.getMessage());
    }

    /** Every study, in the order of their ids. */
    public List<ShownStudy> all() {
        return shelf.studies().entrySet().stream()
                .map(e -> shown(e.getKey(), e.getValue()))
                .toList();
    }

    private ShownStudy shown(String id, Snapshots snapshots) {
        return new ShownStudy(id, snapshots, watch, bucket);
    }

    /** Whether addresses name the study. */
    public boolean several() {
        SortedMap<String, Snapshots> now = shelf.studies();
        return !now.isEmpty() && !now.containsKey(Shelf.ONLY);
    }

    public Optional<ShownStudy> find(String id) {
        return Optional.ofNullable(shelf.studies().get(id)).map(s -> shown(id, s));
    }

    /**
     * The study of addresses that name none.
     *
     * @throws NoSnapshot while the server starts or ends, when there is none
     */
    public ShownStudy usual() {
        SortedMap<String, Snapshots> now = shelf.studies();
        if (now.isEmpty()) throw new NoSnapshot("No study is open.");
        String id = preferred.filter(now::containsKey).orElseGet(now::firstKey);
        return shown(id, now.get(id));
    }

    /**
     * The study that the request's address names, or the usual one.
     *
     * @throws NotThere where there is none of that name
     */
    public ShownStudy asked() {
        String named = inAddress();
        if (!named.isEmpty()) return named(named);
        String settled = Arc.container().requestContext().isActive() ? StudyPath.settled(request.getCurrent()) : null;
        return settled == null ? usual() : named(settled);
    }

    /** What the addresses of the asked study's pages begin with; the usual one's where none, or none that is there, is asked for. */
    public String base() {
        if (!several()) return "";
        return find(inAddress()).orElseGet(this::usual).base();
    }

    /** Whether the address names a study. */
    public boolean isNamed() {
        return !inAddress().isEmpty();
    }

    /** The id of the study whose page stands at a path of this server. */
    public String ofPath(String path) {
        String named = StudyPath.named(path);
        return named.isEmpty() ? usual().id() : named;
    }

    private String inAddress() {
        return Arc.container().requestContext().isActive() ? StudyPath.named(request.getCurrent()) : "";
    }

    /** @throws NotThere where there is none of that id, which may be hostile text */
    public ShownStudy named(String id) {
        return find(id).orElseThrow(() -> new NotThere(
                "This server shows no study of that name.", "The start page lists the studies there are."));
    }

    @PreDestroy
    void close() {
        shelf.close();
    }
}
