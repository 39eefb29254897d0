package org.gapexplorer.snapshot.publish;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.gapexplorer.snapshot.Manifest;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.Sha256;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.utils.BinaryUtils;

/** The objects below a prefix of a bucket. Names are relative to it. Everything fails with {@link Problem}. */
final class Bucket implements AutoCloseable {
    private static final int NOT_MODIFIED = 304;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

    /** More are not listed: a snapshot has some fifty files. */
    private static final int MOST_LISTED = 100_000;

    private static final int DELETED_AT_ONCE = 1_000;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final S3Client client;
    private final BucketAddress address;

    private Bucket(S3Client client, BucketAddress address) {
        this.client = client;
        this.address = address;
    }

    /**
     * Credentials and region are the environment's or those of the files in {@code ~/.aws}.
     *
     * @param endpoint null takes the environment's, or Amazon's
     */
    static Bucket open(BucketAddress address, String endpoint) {
        URI service = service(endpoint);
        try {
            var builder = S3Client.builder()
                    .httpClient(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT)
                            .socketTimeout(SILENCE)
                            .build())
                    .credentialsProvider(AwsCredentialsProviderChain.of(
                            SystemPropertyCredentialsProvider.create(),
                            EnvironmentVariableCredentialsProvider.create(),
                            ProfileCredentialsProvider.create()))
                    .region(region())
                    // what is sent and fetched has our own checksums; other services do not know all of Amazon's
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
            if (service != null) {
                builder.endpointOverride(service).forcePathStyle(true);
            }
            return new Bucket(builder.build(), address);
        } catch (SdkException e) {
            throw new Problem(address.toString(), "cannot be opened (" + e.getMessage() + ")", "check the settings", e);
        }
    }

    private static URI service(String endpoint) {
        String given = endpoint != null
                ? endpoint
                : System.getenv().getOrDefault("AWS_ENDPOINT_URL_S3", System.getenv("AWS_ENDPOINT_URL"));
        if (given == null || given.isBlank()) {
            return null;
        }
        try {
            URI uri = URI.create(given.strip());
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new Problem("endpoint " + given, "is not the address of a service", "write https://HOST or http://HOST");
    }

    /** A service of one's own takes any; only Amazon's cares. */
    private static Region region() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkException e) {
            return Region.US_EAST_1;
        }
    }

    /** The objects below a folder of this prefix; the client is shared. */
    Bucket below(String folder) {
        return new Bucket(client, address.below(folder));
    }

    String name() {
        return address.toString();
    }

    /**
     * A small object.
     *
     * @param bytes null where it has not changed
     * @param tag the ETag that stands for its content
     */
    record Small(byte[] bytes, String tag) {}

    /**
     * Reads an object.
     *
     * @param known the tag of the content that is known already; null for none
     * @param most bytes that it may have
     * @return empty where there is none
     */
    Optional<Small> read(String name, String known, int most) {
        return asked(name, () -> {
            try (var answer = client.getObject(
                    r -> r.bucket(address.bucket()).key(address.key(name)).ifNoneMatch(known))) {
                byte[] bytes = answer.readNBytes(most + 1);
                if (bytes.length > most) {
                    answer.abort();
                    throw new Problem(address.key(name), "is larger than it can be", "publish the snapshot again");
                }
                return Optional.of(new Small(bytes, answer.response().eTag()));
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_MODIFIED) {
                    return Optional.of(new Small(null, known));
                }
                return emptyIfMissing(e);
            }
        });
    }

    /**
     * What the service knows of an object.
     *
     * @param sha256 64 hexadecimal digits; null where it keeps no such checksum
     */
    record Head(long bytes, String sha256) {}

    Optional<Head> head(String name) {
        return asked(name, () -> {
            try {
                HeadObjectResponse head = client.headObject(
                        r -> r.bucket(address.bucket()).key(address.key(name)).checksumMode(ChecksumMode.ENABLED));
                String sum = head.checksumSHA256();
                // the checksum of a multipart object, with its number of parts, is not that of its bytes
                boolean whole = sum != null && !sum.contains("-");
                return Optional.of(new Head(
                        head.contentLength(), whole ? HexFormat.of().formatHex(BinaryUtils.fromBase64(sum)) : null));
            } catch (S3Exception e) {
                return emptyIfMissing(e);
            }
        });
    }

    /** The sha256 of an object's bytes, read back. */
    String sha256(String name) {
        return asked(name, () -> {
            var digest = Sha256.digest();
            try (var in = client.getObject(r -> r.bucket(address.bucket()).key(address.key(name)))) {
                byte[] buffer = new byte[256 << 10];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    digest.update(buffer, 0, n);
                }
            }
            return Sha256.hex(digest.digest());
        });
    }

    /** Reads an object; the reader bounds what it takes. */
    void fetch(String name, Fetched reader) {
        asked(
                name,
                () -> client.getObject(
                        r -> r.bucket(address.bucket()).key(address.key(name)),
                        ResponseTransformer.unmanaged((response, in) -> {
                            try (in) {
                                reader.read(in);
                            }
                            return null;
                        })));
    }

    interface Fetched {
        void read(InputStream in) throws IOException;
    }

    /**
     * Writes a file. The service refuses bytes that do not have the checksum sent along, where it knows SHA-256.
     *
     * @param replace whether to replace what is there
     * @param sent hears how many bytes of the file have been sent
     * @return false where something is there already
     */
    boolean put(String name, Path file, Manifest.FileFacts facts, boolean replace, LongConsumer sent) {
        return putIf(
                name,
                request -> request.checksumSHA256(
                        BinaryUtils.toBase64(HexFormat.of().parseHex(facts.sha256()))),
                RequestBody.fromContentProvider(
                        () -> CountedStream.of(file, sent), facts.bytes(), "application/octet-stream"),
                replace ? Condition.NONE : Condition.ABSENT);
    }

    /** When a write counts: whatever is there, only where nothing is, or only over the content of a tag. */
    record Condition(boolean absent, String tag) {
        static final Condition NONE = new Condition(false, null);
        static final Condition ABSENT = new Condition(true, null);
    }

    /** @return false where the condition did not hold */
    boolean put(String name, byte[] bytes, Condition condition) {
        return putIf(
                name,
                request -> request.contentType("text/plain").cacheControl("no-cache"),
                RequestBody.fromBytes(bytes),
                condition);
    }

    private interface Extra {
        PutObjectRequest.Builder to(PutObjectRequest.Builder request);
    }

    private boolean putIf(String name, Extra extra, RequestBody body, Condition condition) {
        return asked(name, () -> {
            try {
                client.putObject(
                        extra.to(PutObjectRequest.builder()
                                        .bucket(address.bucket())
                                        .key(address.key(name))
                                        .ifNoneMatch(condition.absent ? "*" : null)
                                        .ifMatch(condition.tag))
                                .build(),
                        body);
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT) {
                    return false;
                }
                if (e.statusCode() == NOT_IMPLEMENTED && !condition.equals(Condition.NONE)) {
                    return putIf(name, extra, body, Condition.NONE); // the best that this service can do
                }
                throw e;
            }
        });
    }

    /** An object in a listing. */
    record Listed(String name, long bytes, Instant modified) {}

    /** Every object below a folder, however deep, by its name below this prefix. */
    Map<String, Listed> list(String folder) {
        return asked(folder, () -> {
            Map<String, Listed> all = new TreeMap<>();
            String below = address.key(folder) + "/";
            for (S3Object object : client.listObjectsV2Paginator(
                            r -> r.bucket(address.bucket()).prefix(below))
                    .contents()) {
                String name = object.key().substring(address.prefix().length());
                all.put(name, new Listed(name, object.size(), object.lastModified()));
                bound(all.size());
            }
            return all;
        });
    }

    /** The folders right below this prefix. */
    List<String> folders() {
        return asked("", () -> {
            List<String> all = new ArrayList<>();
            var request = ListObjectsV2Request.builder()
                    .bucket(address.bucket())
                    .prefix(address.prefix())
                    .delimiter("/")
                    .build();
            client.listObjectsV2Paginator(request).commonPrefixes().forEach(folder -> {
                String name = folder.prefix().substring(address.prefix().length());
                all.add(name.substring(0, name.length() - 1));
                bound(all.size());
            });
            return all;
        });
    }

    private void bound(int listed) {
        if (listed > MOST_LISTED) {
            throw new Problem(
                    name(), "holds more than " + MOST_LISTED + " objects", "give snapshots a prefix of their own");
        }
    }

    void delete(Collection<String> names) {
        List<ObjectIdentifier> keys = names.stream()
                .map(name -> ObjectIdentifier.builder().key(address.key(name)).build())
                .toList();
        for (int at = 0; at < keys.size(); at += DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = keys.subList(at, Math.min(keys.size(), at + DELETED_AT_ONCE));
            var answer = asked(
                    "",
                    () -> client.deleteObjects(r -> r.bucket(address.bucket())
                            .delete(Delete.builder().objects(some).quiet(true).build())));
            if (!answer.errors().isEmpty()) {
                var error = answer.errors().getFirst();
                throw new Problem(
                        address.bucket() + "/" + error.key(),
                        "cannot be deleted (" + error.message() + ")",
                        "check that the credentials may delete objects");
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static <T> Optional<T> emptyIfMissing(S3Exception e) {
        boolean bucketMissing = e.awsErrorDetails() != null
                && "NoSuchBucket".equals(e.awsErrorDetails().errorCode());
        if (e.statusCode() == NOT_FOUND && !bucketMissing) {
            return Optional.empty();
        }
        throw e;
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private <T> T asked(String name, Question<T> question) {
        try {
            return question.ask();
        } catch (S3Exception e) {
            throw new Problem(
                    name() + name,
                    "the service answered " + e.statusCode() + " (" + reason(e) + ")",
                    "check the bucket's name, the endpoint and what the credentials may do",
                    e);
        } catch (SdkException e) {
            if (e.getCause() instanceof Problem problem) {
                throw problem;
            }
            throw new Problem(
                    name() + name,
                    "cannot be reached (" + reason(e) + ")",
                    "check the endpoint, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the files in ~/.aws",
                    e);
        } catch (IOException e) {
            throw new Problem(name() + name, "broke off (" + Problem.reason(e) + ")", "try again", e);
        }
    }

    /** The chain of providers lists every place it looked in. */
    private static String reason(SdkException e) {
        String said = String.valueOf(e.getMessage());
        return said.startsWith("Unable to load credentials") ? "no credentials were found" : said;
    }

    private static String reason(S3Exception e) {
        return e.awsErrorDetails() == null || e.awsErrorDetails().errorMessage() == null
                ? "no reason given"
                : e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
    }
}
