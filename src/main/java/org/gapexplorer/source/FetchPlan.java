package org.gapexplorer.source;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.SourceRef;

/**
 * What it takes to have all of some sources on this machine: looked at first, so that sizes, refusals and a full disk are
 * known before anything is fetched.
 *
 * @param outlooks one for each source, in order
 */
public record FetchPlan(List<Outlook> outlooks) {

    /** Looks at every source, each once. */
    public static FetchPlan of(Sources sources, List<SourceRef> refs, Progress progress) {
        var distinct = new LinkedHashMap<String, SourceRef>();
        // a pin wins over the same address without one
        refs.forEach(ref -> distinct.merge(ref.uri(), ref, (one, other) -> one.sha256() == null ? other : one));
        var outlooks = new ArrayList<Outlook>();
        for (SourceRef ref : distinct.values()) {
            progress.step("looking at sources", outlooks.size(), distinct.size(), "sources");
            outlooks.add(sources.look(ref));
        }
        progress.step("looking at sources", distinct.size(), distinct.size(), "sources");
        return new FetchPlan(List.copyOf(outlooks));
    }

    /** Bytes of all sources, as far as they are known. */
    public long bytes() {
        return outlooks.stream().mapToLong(o -> Math.max(0, o.bytes())).sum();
    }

    /** Bytes still to be fetched, as far as they are known. */
    public long toCome() {
        return outlooks.stream().mapToLong(o -> Math.max(0, o.toCome())).sum();
    }

    /** Sources whose server does not tell their size. */
    public long unknown() {
        return outlooks.stream().filter(o -> o.toCome() < 0).count();
    }

    /** Why some sources cannot be had. */
    public List<Problem> problems() {
        return outlooks.stream()
                .map(Outlook::problem)
                .filter(problem -> problem != null)
                .toList();
    }

    /** Complains unless what is to come fits on the disks it goes to. */
    public void requireSpace(String what) {
        var byStore = new HashMap<FileStore, Long>();
        var folders = new HashMap<FileStore, Path>();
        try {
            for (Outlook o : outlooks) {
                if (o.folder() != null && o.toCome() > 0) {
                    FileStore store = Space.store(o.folder());
                    byStore.merge(store, o.toCome(), Long::sum);
                    folders.putIfAbsent(store, o.folder());
                }
            }
            for (Map.Entry<FileStore, Long> need : byStore.entrySet()) {
                Space.require(what, folders.get(need.getKey()), need.getValue());
            }
        } catch (IOException e) {
            throw new Problem(what, "the disk cannot be asked for its room (" + Problem.reason(e) + ")", "check it", e);
        }
    }

    /** Fetches what can be had and is not here, and checks what is; progress is that of all together, in bytes. */
    public void fetch(Sources sources, Progress progress) {
        var total = new Total(progress, toCome());
        for (Outlook o : outlooks) {
            if (o.problem() == null) {
                total.next();
                sources.fetch(o.source(), total);
            }
        }
        total.end();
    }

    /** Adds up the progress of one file after the other. */
    private static final class Total implements Progress {
        private final Progress progress;
        private final long expected;
        private final Map<String, Long> startedWith = new HashMap<>();
        private final Map<String, Long> came = new HashMap<>();
        private long before;

        Total(Progress progress, long expected) {
            this.progress = progress;
            this.expected = expected;
        }

        void next() {
            before += came.values().stream().mapToLong(Long::longValue).sum();
            startedWith.clear();
            came.clear();
        }

        @Override
        public void step(String what, long done, long total, String unit) {
            long start = startedWith.computeIfAbsent(what, w -> done);
            came.put(what, Math.max(0, done - start));
            long sum =
                    before + came.values().stream().mapToLong(Long::longValue).sum();
            // an end is told once, after the last file
            progress.step("fetching", sum, Math.max(expected, sum + 1), "bytes");
        }

        void end() {
            next();
            if (before > 0) {
                progress.step("fetching", before, before, "bytes");
            }
        }
    }
}
