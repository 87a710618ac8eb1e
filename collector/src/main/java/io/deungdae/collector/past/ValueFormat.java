package io.deungdae.collector.past;

import io.deungdae.collector.signal.Value;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How values are written in a file.
 *
 * @param decimal the decimal mark, {@code .} or {@code ,}
 * @param thousands the mark between groups of three digits; a blank for none
 */
record ValueFormat(char decimal, char thousands) {

  /** Words for on and off, in small letters. */
  private static final Map<String, Boolean> FLAGS =
      Stream.of(
              Map.entry(true, "1 true on yes y run 참 켜짐 예 운전 가동 정상"),
              Map.entry(false, "0 false off no n stop 거짓 꺼짐 아니오 정지 비가동 이상"))
          .flatMap(
              entry ->
                  Stream.of(entry.getValue().split(" ")).map(w -> Map.entry(w, entry.getKey())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Set<Character> MARKS = Set.of('.', ',', ' ', '\'');
  private static final Map<Character, Pattern> GROUPED =
      MARKS.stream().collect(Collectors.toUnmodifiableMap(mark -> mark, ValueFormat::grouped));
  private static final Pattern PLAIN =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");

  private static Pattern grouped(char mark) {
    String group = Pattern.quote(String.valueOf(mark));
    return Pattern.compile("[-+]?\\d{1,3}(?:" + group + "\\d{3})+(?:\\D\\d*)?");
  }

  ValueFormat {
    if ((decimal != '.' && decimal != ',') || !MARKS.contains(thousands) || decimal == thousands) {
      throw new IllegalArgumentException("decimal " + decimal + ", thousands " + thousands);
    }
  }

  /** The value in a cell, as a tag wants it; empty when it is none. */
  Optional<Value> read(String cell, TagShape tag) {
    return switch (tag.kind()) {
      case NUMBER -> number(cell).map(n -> Value.of(n.doubleValue())).filter(ValueFormat::finite);
      case WHOLE -> number(cell).flatMap(ValueFormat::whole);
      case FLAG -> Optional.ofNullable(FLAGS.get(cell.toLowerCase(Locale.ROOT))).map(Value::of);
      case TEXT -> Optional.of(Value.of(cell));
    };
  }

  private static boolean finite(Value value) {
    return Double.isFinite(value.asDouble());
  }

  private static Optional<Value> whole(BigDecimal number) {
    try {
      return Optional.of(Value.of(number.longValueExact()));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** What is expected of a cell of a tag. */
  String expected(TagShape tag) {
    return switch (tag.kind()) {
      case NUMBER -> "a number, decimal mark '" + decimal + "'";
      case WHOLE -> "a whole number of at most 64 bits";
      case FLAG -> "1 or 0, true or false, on or off, 운전 or 정지";
      case TEXT -> "text";
    };
  }

  /** A number; groups of thousands must be whole, so that 1,5 is not taken for fifteen. */
  Optional<BigDecimal> number(String cell) {
    String text = cell.replace('\u2212', '-').replace('\u00A0', ' ').strip();
    if (text.indexOf(thousands) >= 0
        && Objects.requireNonNull(GROUPED.get(thousands)).matcher(text).matches()) {
      text = text.replace(String.valueOf(thousands), "");
    }
    if (decimal == ',') {
      text = text.indexOf('.') >= 0 ? "" : text.replace(',', '.');
    }
    return PLAIN.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
  }
}
