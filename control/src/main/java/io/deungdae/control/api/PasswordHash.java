package io.deungdae.control.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id hashes of passwords (RFC 9106), as text in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH}, both in Base64 without padding. Each call takes {@code
 * m} KiB of heap while it lasts and keeps nothing. Thread-safe.
 */
final class PasswordHash {

  // OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, 2 passes, 1 lane.
  private static final Cost COST = new Cost(19 * 1024, 2, 1);
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /** Most that a hash in the file may ask for; a damaged one must not take all memory. */
  private static final int LARGEST_KIB = 256 * 1024;

  private static final Pattern TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$((?:[A-Za-z0-9+/]{4}){2,21}[A-Za-z0-9+/]{2,3})"
              + "\\$((?:[A-Za-z0-9+/]{4}){4,21}[A-Za-z0-9+/]{2,3})");

  private record Cost(int kib, int passes, int lanes) {}

  private PasswordHash() {}

  /** A new hash with a salt of its own. */
  static String of(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            COST.kib(),
            COST.passes(),
            COST.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(raw(password, salt, COST, HASH_BYTES)));
  }

  /**
   * True when {@code text} is a hash of this password. Takes as long for a wrong password as for
   * the right one.
   */
  static boolean matches(String password, String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    Cost cost = new Cost(number(parts, 1), number(parts, 2), number(parts, 3));
    if (cost.kib() > LARGEST_KIB || cost.passes() < 1 || cost.lanes() < 1) {
      return false;
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] hash = Base64.getDecoder().decode(parts.group(5));
    return MessageDigest.isEqual(hash, raw(password, salt, cost, hash.length));
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static byte[] raw(String password, byte[] salt, Cost cost, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.kib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
