package org.gapexplorer.explorer.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code gapexplorer.access.*}. A key under it that is not here stops the start: a slip of the pen must not open a study. */
@ConfigMapping(prefix = "gapexplorer.access")
public interface AccessSettings {
    /** How visitors of every study are known, but of those that {@link #study} names. */
    @WithDefault("open")
    By by();

    /** Groups that may see the studies; with no users and no groups everybody who is signed in may. */
    Optional<List<String>> groups();

    Optional<List<String>> users();

    /** By study's id: what differs for it. */
    Map<String, OfStudy> study();

    @WithDefault("X-Forwarded-User")
    String userHeader();

    /** Apart by commas. */
    @WithDefault("X-Forwarded-Groups")
    String groupsHeader();

    /** Addresses and networks ({@code 10.1.0.0/16}) whose word on who a visitor is counts; nobody's where there are none. */
    Optional<List<String>> proxies();

    /** What is left out is as for all studies. */
    interface OfStudy {
        Optional<By> by();

        Optional<List<String>> groups();

        Optional<List<String>> users();
    }
}
