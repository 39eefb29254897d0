package org.gapexplorer.snapshot;

import java.util.function.Supplier;

/** Stands around every search of a snapshot: to measure it, or to set it a limit. */
public interface SearchWatch {
    SearchWatch NONE = new SearchWatch() {
        @Override
        public <T> T around(Supplier<T> search) {
            return search.get();
        }
    };

    /** Makes the search and gives what it gave. */
    <T> T around(Supplier<T> search);
}
