package org.gapexplorer.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What changes where a file is replaced or written over.
 *
 * @param key the file system's number of it; null where it has none
 */
record FileIdentity(Object key, long bytes, FileTime modified) {
    /** Of no file. */
    static final FileIdentity NONE = new FileIdentity(null, -1, FileTime.fromMillis(0));

    static FileIdentity of(Path file) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileIdentity(facts.fileKey(), facts.size(), facts.lastModifiedTime());
        } catch (IOException e) {
            return NONE;
        }
    }
}
