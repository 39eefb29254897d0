package org.gapexplorer.snapshot.publish;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.apache.commons.io.input.ProxyInputStream;

/** A file's bytes, which tells how many of them have been read. */
final class CountedStream extends ProxyInputStream {
    private static final int BUFFER_BYTES = 256 << 10;

    private final LongConsumer heard;
    private long bytes;

    private CountedStream(InputStream in, LongConsumer heard) {
        super(in);
        this.heard = heard;
    }

    /** @param heard called with the bytes read so far; from 0 again where the file is sent again */
    static InputStream of(Path file, LongConsumer heard) {
        try {
            // counted below the buffer: a retry marks and resets the buffer alone
            return new BufferedInputStream(new CountedStream(Files.newInputStream(file), heard), BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void afterRead(int n) {
        if (n > 0) {
            bytes += n;
            heard.accept(bytes);
        }
    }
}
