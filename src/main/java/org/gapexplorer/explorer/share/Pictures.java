package org.gapexplorer.explorer.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import org.gapexplorer.explorer.problem.Busy;
import org.gapexplorer.explorer.problem.NotThere;
import org.gapexplorer.explorer.view.Page;
import org.jboss.logging.Logger;

/** Pictures for link previews: drawn one at a time, the last ones kept. */
@Startup
@Singleton
public class Pictures {
    private static final int PATIENCE_SECONDS = 3;
    private static final int KEPT = 200;

    private final ReentrantLock turn = new ReentrantLock(true);
    private final Cache<String, byte[]> drawn =
            Caffeine.newBuilder().maximumSize(KEPT).build();
    private final boolean able;

    Pictures() {
        able = PreviewPicture.fontsWork();
        if (!able) {
            Logger.getLogger(Pictures.class)
                    .info(
                            "No fonts on this machine: link previews have no picture; fontconfig and a font give them one");
        }
    }

    /** Whether this machine can draw text: it needs a font. */
    public boolean able() {
        return able;
    }

    /**
     * The page's picture, PNG.
     *
     * @throws NotThere where this machine cannot draw
     * @throws Busy where too many wait
     */
    public byte[] of(Page page, Preview preview) {
        if (!able) {
            throw new NotThere(
                    "This server draws no pictures: it has no fonts.",
                    "Whoever runs it can install fontconfig and a font.");
        }
        byte[] known = drawn.getIfPresent(page.here());
        if (known != null) return known;
        takeTurn();
        try {
            return drawn.get(page.here(), here -> draw(page, preview));
        } finally {
            turn.unlock();
        }
    }

    private static byte[] draw(Page page, Preview preview) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.setUseCache(false);
            ImageIO.write(PreviewPicture.of(page.title(), page.study(), page.version(), preview), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeTurn() {
        try {
            if (turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) return;
            throw new Busy("Too many pictures are being drawn just now.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy("The server is stopping.");
        }
    }
}
