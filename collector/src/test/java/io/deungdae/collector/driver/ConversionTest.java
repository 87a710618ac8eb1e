package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConversionTest {

  private static final Instant NOW = Instant.EPOCH;

  private static Sample read(Kind kind, @Nullable Object raw, double scale, double offset) {
    Tag tag = new Tag(0, "t", "plc", kind, Unit.NONE, new Range(-1000, 1e19), Label.of("t"), null);
    return new Conversion(tag, scale, offset).sample(raw, Quality.GOOD, NOW, NOW, 0);
  }

  private static Value value(Kind kind, @Nullable Object raw) {
    return read(kind, raw, 1, 0).value();
  }

  private static Quality quality(Kind kind, @Nullable Object raw) {
    return read(kind, raw, 1, 0).quality();
  }

  @Test
  void numbersAreScaledAndBroughtBack() {
    assertEquals(Value.of(25.0), read(Kind.NUMBER, (short) 450, 0.1, -20).value());
    assertEquals(450, new Conversion(Tags.read(0, "t", Kind.NUMBER), 0.1, -20).toRaw(25), 1e-9);
    assertEquals(Value.of(1.0), value(Kind.NUMBER, true));
    assertEquals(Value.of(12.5), value(Kind.NUMBER, " 12.5 "));
  }

  @Test
  void wholeNumbersStayExactAndAreNeverRoundedInSilence() {
    assertEquals(Value.of(9007199254740993L), value(Kind.WHOLE, 9007199254740993L));
    assertEquals(
        Value.of(9007199254740993L), value(Kind.WHOLE, new BigInteger("9007199254740993")));
    assertEquals(Value.of(3L), value(Kind.WHOLE, 3.0f));
    assertEquals(Value.of(8L), read(Kind.WHOLE, 3, 1, 5).value());
    assertEquals(Quality.BAD_MALFORMED, quality(Kind.WHOLE, 3.5));
    assertEquals(Quality.BAD_MALFORMED, quality(Kind.WHOLE, BigInteger.ONE.shiftLeft(63)));
  }

  @Test
  void whatIsNotAFiniteNumberIsBadAndHasNoValue() {
    assertEquals(Quality.BAD_NOT_FINITE, quality(Kind.NUMBER, Double.NaN));
    assertEquals(Quality.BAD_NOT_FINITE, quality(Kind.NUMBER, "Infinity"));
    assertEquals(Quality.BAD_NOT_FINITE, quality(Kind.WHOLE, Float.NaN));
    assertEquals(Value.missing(), value(Kind.NUMBER, Double.POSITIVE_INFINITY));
  }

  @Test
  void whatCannotBeReadAsTheKindIsMalformed() {
    assertEquals(Quality.BAD_MALFORMED, quality(Kind.NUMBER, "high"));
    for (String javas : new String[] {"12d", "12F", "0x10", "0x1p3", ""}) {
      assertEquals(Quality.BAD_MALFORMED, quality(Kind.NUMBER, javas), javas);
    }
    assertEquals(Quality.BAD_MALFORMED, quality(Kind.NUMBER, null));
    assertEquals(Quality.BAD_MALFORMED, quality(Kind.NUMBER, new double[] {1}));
    assertEquals(Quality.BAD_MALFORMED, quality(Kind.FLAG, "maybe"));
    assertEquals(Value.of(true), value(Kind.FLAG, "ON"));
    assertEquals(Value.of("7"), value(Kind.TEXT, 7));
  }

  @Test
  void aSampleIsNeverBetterThanTheDeviceSays() {
    Conversion conversion = new Conversion(Tags.read(0, "t", Kind.NUMBER), 1, 0);
    Sample bad = conversion.sample(5, Quality.BAD_DEVICE, NOW, NOW, 0);
    assertEquals(Value.missing(), bad.value());
    Sample doubtful = conversion.sample(5, Quality.UNCERTAIN_DEVICE, NOW, NOW, 0);
    assertEquals(Quality.UNCERTAIN_DEVICE, doubtful.quality());
    assertEquals(Quality.UNCERTAIN_RANGE, quality(Kind.NUMBER, -1001));
    assertEquals(Quality.UNCERTAIN_RANGE, quality(Kind.WHOLE, -1001));
  }
}
