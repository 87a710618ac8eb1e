package io.deungdae.control.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmState;
import io.deungdae.control.alarm.AlarmView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SkewWatchTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");

  private final AlarmBook alarms = new AlarmBook(event -> {});
  private OptionalLong behindUs = OptionalLong.empty();
  private boolean removed;
  private long nowNs;

  private SkewWatch watch(Duration alarm) {
    DeviceSettings device =
        new DeviceSettings(
            "press-1",
            "opcua",
            true,
            false,
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            alarm,
            new NoDevice(),
            List.of());
    return new SkewWatch(
        alarms, () -> removed ? List.of() : List.of(device), (name, atNs) -> behindUs);
  }

  private static final class NoDevice implements DeviceSpec {
    @Override
    public String endpoint() {
      return "nowhere";
    }

    @Override
    public Device build(SampleSink sink, Clock clock, Runnable wake) {
      throw new AssertionError("not asked for");
    }
  }

  private List<AlarmView> after(SkewWatch watch) {
    nowNs += Duration.ofMinutes(5).toNanos();
    watch.tick(T0, nowNs);
    alarms.tick(T0, nowNs);
    return alarms.open();
  }

  @Test
  void aClockThatIsOffRaisesAnAlarmThatSaysHowFarAndWhichWay() {
    SkewWatch watch = watch(Duration.ofSeconds(5));
    assertEquals(List.of(), after(watch));
    behindUs = OptionalLong.of(4_900_000);
    assertEquals(List.of(), after(watch));
    behindUs = OptionalLong.of(-7_250_000);
    List<AlarmView> open = after(watch);
    assertEquals("clock-skew.press-1", open.get(0).id());
    assertTrue(open.get(0).detail().en().contains("7.3 s ahead"), open.get(0).detail().en());
    assertTrue(open.get(0).detail().ko().contains("빠름"));
  }

  @Test
  void zeroMeansNever() {
    SkewWatch watch = watch(Duration.ZERO);
    behindUs = OptionalLong.of(3_600_000_000L);
    assertEquals(List.of(), after(watch));
  }

  @Test
  void aDeviceThatIsTakenOutLeavesNoAlarmBehind() {
    SkewWatch watch = watch(Duration.ofSeconds(5));
    behindUs = OptionalLong.of(60_000_000);
    assertEquals(AlarmState.UNACKNOWLEDGED, after(watch).get(0).state());
    removed = true;
    after(watch);
    assertEquals(AlarmState.RETURNED, after(watch).get(0).state());
  }
}
