package io.deungdae.analytics.registry;

import java.util.regex.Pattern;

/** Names that are safe as parts of file names on every system. */
final class Names {

  private static final Pattern SAFE = Pattern.compile("[a-z0-9](?:[a-z0-9_.-]{0,62}[a-z0-9_])?");

  private Names() {}

  static boolean safe(String name) {
    return SAFE.matcher(name).matches();
  }

  static void check(String what, String name) {
    if (!safe(name)) {
      throw new IllegalArgumentException(
          what + " '" + name + "': must be lower-case letters, digits, _ . - (at most 64)");
    }
  }
}
