package org.gapexplorer.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import org.gapexplorer.study.SourceRef;

/** Holds files against the hashes that a study pins. */
final class Hash {
    private Hash() {}

    static boolean matches(SourceRef source, Path file) throws IOException {
        return source.sha256() == null || source.sha256().equalsIgnoreCase(Sha256.of(file));
    }

    /** Complains, with both hashes, unless the file has the pinned one. */
    static void verify(SourceRef source, Path file) throws IOException {
        String actual = Sha256.of(file);
        if (!actual.equalsIgnoreCase(source.sha256())) {
            throw mismatch(source, actual);
        }
    }

    static Problem mismatch(SourceRef source, String actual) {
        return new Problem(
                source.uri(),
                "has sha256 " + actual + ", expected " + source.sha256(),
                "if the file was meant to change, pin the new hash; otherwise do not trust it");
    }

    /** The id git gives a file's content, SHA-1 over a header with its length and the bytes; the hub's ETag of small files. */
    static String gitBlob(Path file) throws IOException {
        MessageDigest digest = sha1();
        digest.update(("blob " + Files.size(file) + '\0').getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.hex(digest.digest());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
