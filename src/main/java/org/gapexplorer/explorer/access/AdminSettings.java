package org.gapexplorer.explorer.access;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** {@code gapexplorer.admin.*}: who may see {@code /admin}. Nobody where neither groups nor users are named. */
@ConfigMapping(prefix = "gapexplorer.admin")
public interface AdminSettings {
    /** As for the studies ({@code gapexplorer.access.by}) where left out. */
    Optional<By> by();

    Optional<List<String>> groups();

    Optional<List<String>> users();
}
