package org.gapexplorer.snapshot;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.gapexplorer.study.Problem;

/** The open files of one version, shared by all who hold a {@link Snapshot} of it and closed when the last lets go. */
final class SnapshotIndex {
    /** Earlier snapshots whose items are remembered, 4 bytes a datapoint. */
    private static final int COMPARED = 4;

    final StudyTables study;
    final ConceptTable table;
    final Presence presence;
    final ConceptQueries concepts;
    final DatapointQueries datapoints;
    final SuiteQueries suites;
    final PairQueries pairs;

    /** By an earlier snapshot's version: {@link SameItems#find}. */
    final Cache<String, int[]> sameItems =
            Caffeine.newBuilder().maximumSize(COMPARED).build();

    /** The lens's folder; it need not be there. */
    final Path lens;

    final List<BulkTable> bulk;
    final List<FamilyView> families;
    final Relations relations;

    private final OpenIndex conceptIndex;
    private final OpenIndex datapointIndex;
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Tells whether the version's folder has been replaced since. */
    final FileIdentity identity;

    /** Verifies and opens; the caller holds it. */
    SnapshotIndex(Path snapshot) {
        identity = FileIdentity.of(snapshot.resolve(SnapshotFiles.MANIFEST));
        SnapshotVerifier.verifyToOpen(snapshot);
        lens = snapshot.resolve(SnapshotFiles.LENS);
        bulk = bulk(snapshot);
        OpenIndex opened = null;
        OpenIndex second = null;
        try {
            study = SnapshotFiles.JSON.readValue(
                    Files.readAllBytes(snapshot.resolve(SnapshotFiles.STUDY)), StudyTables.class);
            opened = new OpenIndex(snapshot.resolve(SnapshotFiles.CONCEPTS));
            second = new OpenIndex(snapshot.resolve(SnapshotFiles.DATAPOINTS));
            table = new ConceptTable(opened.leaf, study);
            presence = new Presence(opened.leaf, study.benchmarks().size());
            concepts = new ConceptQueries(opened.searcher, opened.leaf, table, presence);
            datapoints = new DatapointQueries(second.leaf, study, concepts);
            suites = new SuiteQueries(opened.leaf, presence, table, study.benchmarks());
            pairs = new PairQueries(concepts, datapoints, study.benchmarks());
            families = FamilyTable.of(
                    opened.leaf,
                    study,
                    List.of(SnapshotFiles.JSON.readValue(
                            Files.readAllBytes(snapshot.resolve(SnapshotFiles.FAMILIES)), FamilyFacts[].class)));
            relations = new Relations(opened.leaf, table);
        } catch (IOException | IllegalArgumentException e) {
            IOUtils.closeWhileHandlingException(opened, second);
            throw new Problem(
                    snapshot.toString(),
                    "cannot be opened (" + e.getMessage() + ")",
                    "build the snapshot again from its run folder",
                    e);
        }
        conceptIndex = opened;
        datapointIndex = second;
    }

    LeafReader conceptLeaf() {
        return conceptIndex.leaf;
    }

    private static List<BulkTable> bulk(Path snapshot) {
        String folder = SnapshotFiles.BULK + "/";
        return Manifest.read(snapshot).files().entrySet().stream()
                .filter(f -> f.getKey().startsWith(folder) && f.getKey().endsWith(SnapshotFiles.PARQUET))
                .map(f -> new BulkTable(
                        f.getKey().substring(folder.length(), f.getKey().length() - SnapshotFiles.PARQUET.length()),
                        snapshot.resolve(f.getKey()),
                        f.getValue().bytes(),
                        f.getValue().sha256()))
                .toList();
    }

    /** @return false where it is closed already */
    boolean hold() {
        for (int n = holders.get(); n > 0; n = holders.get()) {
            if (holders.compareAndSet(n, n + 1)) {
                return true;
            }
        }
        return false;
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            IOUtils.closeWhileHandlingException(conceptIndex, datapointIndex);
        }
    }

    private static final class OpenIndex implements Closeable {
        private final Directory directory;
        private final DirectoryReader reader;
        final LeafReader leaf;
        final IndexSearcher searcher;

        OpenIndex(Path folder) throws IOException {
            directory = FSDirectory.open(folder);
            reader = DirectoryReader.open(directory);
            if (reader.leaves().size() != 1) {
                throw new IOException(folder + " has " + reader.leaves().size() + " segments, expected 1");
            }
            leaf = reader.leaves().getFirst().reader();
            searcher = new IndexSearcher(reader);
            searcher.setTimeout(TimeLimit.OF_THREAD);
        }

        @Override
        public void close() throws IOException {
            IOUtils.close(reader, directory);
        }
    }
}
