package io.deungdae.analytics.registry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code unit-yyyyMMdd-HHmmss-hash8}: the unit, when it was trained in UTC, and the first digits of
 * the manifest's hash.
 */
record ModelId(String unit, String stamp, String hash8) {

  /** Newest first; sets of the same second in a fixed order. */
  static final Comparator<ModelId> NEWEST_FIRST =
      Comparator.comparing(ModelId::stamp).thenComparing(ModelId::hash8).reversed();

  private static final Pattern FORM = Pattern.compile("(.+)-(\\d{8}-\\d{6})-([0-9a-f]{8})");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  static ModelId of(String unit, Instant created, String manifestHash) {
    return new ModelId(unit, STAMP.format(created), manifestHash.substring(0, 8));
  }

  static Optional<ModelId> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || !Names.safe(matcher.group(1))) {
      return Optional.empty();
    }
    return Optional.of(new ModelId(matcher.group(1), matcher.group(2), matcher.group(3)));
  }

  @Override
  public String toString() {
    return unit + "-" + stamp + "-" + hash8;
  }
}
