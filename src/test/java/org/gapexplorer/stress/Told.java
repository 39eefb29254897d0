package org.gapexplorer.stress;

import io.vertx.core.MultiMap;
import java.time.Duration;

/** An answer: what came, and how long it took from the request's first byte to the answer's last. */
record Told(int status, MultiMap headers, byte[] body, Duration took) {
    String type() {
        String type = headers.get("Content-Type");
        return type == null ? "" : type.replaceFirst(";.*", "").strip();
    }

    String text() {
        return new String(body, java.nio.charset.StandardCharsets.UTF_8);
    }
}
