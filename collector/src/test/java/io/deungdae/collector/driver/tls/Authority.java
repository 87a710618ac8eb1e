package io.deungdae.collector.driver.tls;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * Two authorities and whom they vouch for, as PEM files that OpenSSL makes: {@code server} (for
 * localhost) and {@code gateway} are the one's, {@code stranger} the other's.
 */
public record Authority(Path folder) {

  private static final String MAKE_FILES =
      """
      set -e
      ec="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
      ca() {
        openssl req -x509 $ec -days 2 -subj "/CN=$1" -keyout $1.key -out $1.pem
      }
      end() {
        openssl req $ec -subj "/CN=$1" -keyout $1.key -out $1.csr
        echo "subjectAltName=$3" > $1.ext
        openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days 2 -extfile $1.ext -out $1.pem
        cat $1.key $1.pem > $1.both.pem
      }
      ca authority
      ca other
      end server authority DNS:localhost,IP:127.0.0.1
      end gateway authority DNS:gateway
      end stranger other DNS:stranger
      """;

  /** Makes the files; skips the test where OpenSSL is missing. */
  public static Authority in(Path folder) throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(Path.of("/usr/bin/openssl"))
            || Files.isExecutable(Path.of("/usr/local/bin/openssl"));
    assumeTrue(there, "openssl is not installed");
    Path log = folder.resolve("openssl.log");
    Process process =
        new ProcessBuilder("sh", "-c", MAKE_FILES)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(Files.readString(log));
    }
    return new Authority(folder);
  }

  /** One of its files. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** What a gateway has, in a folder: it trusts an authority and is somebody. */
  public TlsFiles give(Path to, String trusted, String who) throws IOException {
    TlsFiles files =
        new TlsFiles(to.resolve("ca.pem"), to.resolve("own.pem"), to.resolve("own.key"));
    copy(trusted + ".pem", to.resolve("ca.pem"));
    copy(who + ".pem", to.resolve("own.pem"));
    copy(who + ".key", to.resolve("own.key"));
    return files;
  }

  private void copy(String name, Path to) throws IOException {
    Files.copy(file(name), to, StandardCopyOption.REPLACE_EXISTING);
  }
}
