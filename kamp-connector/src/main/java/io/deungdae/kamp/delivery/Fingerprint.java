package io.deungdae.kamp.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a store should say of a file.
 *
 * @param bytes its size
 * @param sha256 its checksum, hexadecimal
 * @param etag the ETag: the MD5 of a file sent in one piece; for one sent in parts the MD5 of the
 *     parts' MD5s, a dash and their number
 */
record Fingerprint(long bytes, String sha256, String etag) {

  /** Reads the file once, in parts as an upload would send it. */
  static Fingerprint of(Path file, long partBytes) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest whole = digest("MD5");
    MessageDigest part = digest("MD5");
    MessageDigest parts = digest("MD5");
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer, 0, most(buffer, bytes, partBytes));
          n >= 0;
          n = in.read(buffer, 0, most(buffer, bytes, partBytes))) {
        sha256.update(buffer, 0, n);
        whole.update(buffer, 0, n);
        part.update(buffer, 0, n);
        bytes += n;
        if (bytes % partBytes == 0) {
          parts.update(part.digest());
        }
      }
    }
    if (bytes % partBytes != 0) {
      parts.update(part.digest());
    }
    long count = (bytes + partBytes - 1) / partBytes;
    String etag =
        bytes <= partBytes
            ? HexFormat.of().formatHex(whole.digest())
            : HexFormat.of().formatHex(parts.digest()) + "-" + count;
    return new Fingerprint(bytes, HexFormat.of().formatHex(sha256.digest()), etag);
  }

  /** How much may be read without running into the next part. */
  private static int most(byte[] buffer, long bytes, long partBytes) {
    return (int) Math.min(buffer.length, partBytes - bytes % partBytes);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + algorithm, e);
    }
  }
}
