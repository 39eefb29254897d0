package org.gapexplorer.explorer.visit;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import org.gapexplorer.study.Sha256;
import org.jboss.logging.Logger;

/**
 * Names of answers: two of one name are the same, so that a browser need not be sent again what it has. An answer follows
 * from the snapshot, the code and the request alone; what also hangs on the database gets no name. Weak, because a
 * compressed answer has the same name as the plain one.
 */
@Singleton
class EntityTags {
    private final String code = code();

    /** @param parts all that the answer hangs on, besides the code */
    EntityTag of(String... parts) {
        byte[] hash = Sha256.digest(code + "\n" + String.join("\n", parts));
        return new EntityTag(HexFormat.of().formatHex(hash, 0, 12), true);
    }

    /** The packed application's hash; without a package (in development) the time of the start. */
    private static String code() {
        try {
            Path place = Path.of(EntityTags.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(place)) return Sha256.of(place);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            Logger.getLogger(EntityTags.class).debugf(e, "no packed application");
        }
        return Instant.now().toString();
    }
}
