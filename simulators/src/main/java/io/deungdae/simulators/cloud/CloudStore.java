package io.deungdae.simulators.cloud;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * S3-compatible storage in this process, on the loopback interface, in plain HTTP with AWS
 * signature 4. Access key and secret are made anew at each start and written to files that only
 * their owner may read: {@code s3-access-key} and {@code s3-secret-key}. Objects are kept in the
 * folder {@code s3}. Serves from construction to {@link #close}.
 */
public final class CloudStore implements AutoCloseable {

  /** The bucket that is there from the start. */
  public static final String BUCKET = "deungdae";

  private final S3Proxy proxy;
  private final Path accessKeyFile;
  private final Path secretKeyFile;
  private boolean closed;

  /**
   * Starts serving.
   *
   * @param folder where objects and keys are kept; made when missing
   * @param port TCP port, or 0 for any free one
   * @throws IOException when the port is taken or the folder cannot be used
   */
  public CloudStore(Path folder, int port) throws IOException {
    Path objects = Files.createDirectories(folder.resolve("s3"));
    accessKeyFile = folder.resolve("s3-access-key");
    secretKeyFile = folder.resolve("s3-secret-key");
    String access = PrivateFile.secret(12);
    String secret = PrivateFile.secret(30);
    PrivateFile.write(accessKeyFile, access);
    PrivateFile.write(secretKeyFile, secret);
    Properties settings = new Properties();
    settings.setProperty("jclouds.filesystem.basedir", objects.toString());
    BlobStore store = BlobStores.create("filesystem", settings);
    proxy =
        S3Proxy.builder()
            .blobStore(store)
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V4, access, secret)
            .ignoreUnknownHeaders(true)
            .jettyMaxThreads(16)
            .stopTimeout(1000)
            .build();
    start(port);
    if (!store.containerExists(BUCKET)) {
      store.createContainer(BUCKET);
    }
  }

  private void start(int port) throws IOException {
    try {
      proxy.start();
    } catch (Exception e) { // what it declares
      throw new IOException("cannot start the S3 storage on port " + port, e);
    }
  }

  /** The TCP port. */
  public int port() {
    return proxy.getPort();
  }

  /** Where clients connect to, e.g. {@code http://127.0.0.1:9000}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** File with the access key. */
  public Path accessKeyFile() {
    return accessKeyFile;
  }

  /** File with the secret key. */
  public Path secretKeyFile() {
    return secretKeyFile;
  }

  /** Stops serving; objects stay. Harmless the second time. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      proxy.stop();
    } catch (Exception e) { // what it declares
      throw new IOException("cannot stop the S3 storage", e);
    }
  }
}
