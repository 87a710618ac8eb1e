package io.deungdae.kamp.delivery;

import io.minio.BucketExistsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bucket of an S3-compatible service. An upload is verified by what the service then says of the
 * object: size, ETag, and the SHA-256 that was stored beside it. Files above 8 MiB go in parts, and
 * become visible only when the last part is there. Used by one thread; no call takes longer than
 * its time-outs allow.
 */
public final class ObjectStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);

  /** Size of a part. */
  static final long PART_BYTES = 8L << 20;

  private static final String SHA256 = "sha256";
  private static final long CONNECT_MS = Duration.ofSeconds(5).toMillis();
  private static final long TRANSFER_MS = Duration.ofSeconds(60).toMillis();

  private final S3Settings settings;
  private @Nullable MinioClient client;
  private boolean bucketSeen;

  /** A store that connects when it is first used. */
  public ObjectStore(S3Settings settings) {
    this.settings = settings;
  }

  /**
   * Brings a file. When the store already has it, nothing is sent.
   *
   * @param path key of the object, below the prefix of the settings
   * @param file the file
   * @param contentType its MIME type
   * @param sha256 its checksum when it was made, hexadecimal
   * @throws DeliveryException when the store does not confirm it
   */
  public void put(String path, Path file, String contentType, String sha256)
      throws DeliveryException {
    Fingerprint print = fingerprint(file, sha256);
    String key = settings.key(path);
    try {
      MinioClient connected = connected();
      requireBucket(connected);
      Optional<String> there = difference(connected, key, print);
      if (there.isPresent()) {
        upload(connected, key, file, contentType, print);
        Optional<String> wrong = difference(connected, key, print);
        if (wrong.isPresent()) {
          throw new DeliveryException(
              DeliveryException.Kind.MISMATCH, key + " in the store: " + wrong.get());
        }
      }
    } catch (MinioException e) {
      close(); // keys may have been renewed; the next attempt reads them again
      throw failure(key, e);
    } catch (IllegalStateException e) { // how this client tells that the network failed
      if (e.getCause() instanceof IOException cause) {
        close();
        throw new DeliveryException(
            DeliveryException.Kind.UNREACHABLE, place(key) + ": " + cause, cause);
      }
      throw e;
    }
  }

  private static Fingerprint fingerprint(Path file, String sha256) throws DeliveryException {
    try {
      Fingerprint print = Fingerprint.of(file, PART_BYTES);
      if (!print.sha256().equals(sha256)) {
        throw new DeliveryException(
            DeliveryException.Kind.SPOILT, file + " has changed since it was made");
      }
      return print;
    } catch (IOException e) {
      throw new DeliveryException(DeliveryException.Kind.SPOILT, "cannot read " + file, e);
    }
  }

  private MinioClient connected() throws DeliveryException {
    MinioClient open = client;
    if (open == null) {
      try {
        open =
            MinioClient.builder()
                .endpoint(settings.endpoint().toString())
                .region(settings.region())
                .credentials(settings.accessKey().reveal(), settings.secretKey().reveal())
                .build();
      } catch (IOException e) {
        throw new DeliveryException(
            DeliveryException.Kind.REFUSED, "cannot read the keys: " + e.getMessage(), e);
      }
      if (settings.pathStyle()) {
        open.disableVirtualStyleEndpoint();
      } else {
        open.enableVirtualStyleEndpoint();
      }
      open.setTimeout(CONNECT_MS, TRANSFER_MS, TRANSFER_MS);
      open.setRetry(Set.of(), 0L, 1); // our own waits are longer
      open.setAppInfo("deungdae", "1");
      client = open;
    }
    return open;
  }

  private void requireBucket(MinioClient connected) throws MinioException {
    if (bucketSeen || !settings.createBucket()) {
      return;
    }
    String bucket = settings.bucket();
    if (!connected.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
      connected.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
    }
    bucketSeen = true;
  }

  /** In what the stored object differs from the file; empty when it is the same. */
  private Optional<String> difference(MinioClient connected, String key, Fingerprint print)
      throws MinioException {
    StatObjectResponse stat;
    try {
      stat =
          connected.statObject(
              StatObjectArgs.builder().bucket(settings.bucket()).object(key).build());
    } catch (ErrorResponseException e) {
      if (e.response().code() == 404 && !"NoSuchBucket".equals(e.errorResponse().code())) {
        return Optional.of("nothing");
      }
      throw e;
    }
    String stored = String.valueOf(stat.headers().get("x-amz-meta-" + SHA256));
    String etag = String.valueOf(stat.etag()).replace("\"", "");
    if (stat.size() != print.bytes()) {
      return Optional.of(stat.size() + " bytes instead of " + print.bytes());
    }
    if (!stored.equals(print.sha256())) {
      return Optional.of("checksum " + stored + " instead of " + print.sha256());
    }
    if (settings.verifyEtag() && !etag.equals(print.etag())) {
      return Optional.of("ETag " + etag + " instead of " + print.etag());
    }
    return Optional.empty();
  }

  private void upload(
      MinioClient connected, String key, Path file, String contentType, Fingerprint print)
      throws MinioException {
    connected.uploadObject(
        UploadObjectArgs.builder()
            .bucket(settings.bucket())
            .object(key)
            .filename(file.toString(), PART_BYTES)
            .contentType(contentType)
            .userMetadata(Map.of(SHA256, print.sha256()))
            .build());
  }

  private DeliveryException failure(String key, MinioException e) {
    boolean refused =
        e instanceof ErrorResponseException error && error.response().code() / 100 == 4;
    String reason = e instanceof ErrorResponseException error ? reason(error) : "" + e.getMessage();
    return new DeliveryException(
        refused ? DeliveryException.Kind.REFUSED : DeliveryException.Kind.UNREACHABLE,
        place(key) + ": " + reason,
        e);
  }

  private String place(String key) {
    return settings.endpoint() + "/" + settings.bucket() + "/" + key;
  }

  private static String reason(ErrorResponseException error) {
    return error.response().code()
        + " "
        + error.errorResponse().code()
        + " "
        + error.errorResponse().message();
  }

  /** Forgets the connection; the next use makes a new one. */
  @Override
  public void close() {
    MinioClient open = client;
    client = null;
    bucketSeen = false;
    if (open != null) {
      try {
        open.close();
      } catch (Exception e) { // the library declares no narrower one
        LOG.debug("closing the connection to the store failed error={}", "" + e);
      }
    }
  }
}
