package org.gapexplorer.snapshot.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gapexplorer.study.Problem;

/**
 * A place in a bucket.
 *
 * @param prefix empty, or ending in a slash
 */
record BucketAddress(String bucket, String prefix) {
    static final String SCHEME = "s3://";

    /** Keys without empty, hidden or climbing parts: they become paths where a bucket is mirrored. */
    private static final Pattern ADDRESS =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_][A-Za-z0-9._=@+-]*)*)/?");

    static BucketAddress parse(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new Problem(
                    address,
                    "is no place in a bucket",
                    "write s3://bucket/prefix, the bucket in lower case, the prefix of letters, digits and ._=@+-");
        }
        String path = parts.group(2);
        return new BucketAddress(parts.group(1), path.isEmpty() ? "" : path.substring(1) + "/");
    }

    BucketAddress below(String folder) {
        return new BucketAddress(bucket, prefix + folder + "/");
    }

    String key(String name) {
        return prefix + name;
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + prefix;
    }
}
