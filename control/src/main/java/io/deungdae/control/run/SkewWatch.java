package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.alarm.AlarmDefinition;
import io.deungdae.control.alarm.AlarmSignal;
import io.deungdae.control.alarm.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Raises an alarm for each device whose clock is further from the gateway's than its settings
 * allow. Used by one thread.
 */
final class SkewWatch {

  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Label UNWATCHED = new Label("not watched any more", "더 이상 감시하지 않음");

  private final AlarmBook alarms;
  private final Supplier<List<DeviceSettings>> devices;
  private final Skews skews;
  private final Map<String, AlarmSignal> signals = new HashMap<>();

  /** What is known of a device's clock. */
  @FunctionalInterface
  interface Skews {
    /** Microseconds by which the device is behind us; empty when that is not known. */
    OptionalLong behindUs(String device, long nowNs);
  }

  SkewWatch(AlarmBook alarms, Supplier<List<DeviceSettings>> devices, Skews skews) {
    this.alarms = alarms;
    this.devices = devices;
    this.skews = skews;
  }

  void tick(Instant now, long nowNs) {
    Set<String> watched = new HashSet<>();
    for (DeviceSettings device : devices.get()) {
      if (device.enabled() && !device.skewAlarm().isZero()) {
        watched.add(device.name());
        look(device, nowNs);
      }
    }
    signals.forEach(
        (device, signal) -> {
          if (!watched.contains(device)) {
            signal.set(false, UNWATCHED);
          }
        });
  }

  private void look(DeviceSettings device, long nowNs) {
    OptionalLong behindUs = skews.behindUs(device.name(), nowNs);
    boolean off =
        behindUs.isPresent()
            && Math.abs(behindUs.getAsLong()) > device.skewAlarm().toNanos() / 1_000;
    AlarmSignal signal = signals.get(device.name());
    if (signal == null && off) {
      signal = signals.computeIfAbsent(device.name(), this::define);
    }
    if (signal != null) {
      signal.set(off, detail(behindUs.orElse(0)));
    }
  }

  private static Label detail(long behindUs) {
    String seconds = String.format(Locale.ROOT, "%.1f", Math.abs(behindUs) / 1e6);
    return behindUs > 0
        ? new Label("it is " + seconds + " s behind the gateway", "게이트웨이보다 " + seconds + "초 늦음")
        : new Label("it is " + seconds + " s ahead of the gateway", "게이트웨이보다 " + seconds + "초 빠름");
  }

  private AlarmSignal define(String device) {
    return alarms.define(
        new AlarmDefinition(
            "clock-skew." + device,
            device,
            Priority.LOW,
            new Label("Clock of " + device + " is off", device + " 시계 오차"),
            new Label(
                "Set the device's clock or its time service, or let its tags go by arrival"
                    + " (time: arrival). Check the gateway's clock as well.",
                "장치의 시계 또는 시간 동기화를 점검하거나 도착 시각을 사용하십시오(time: arrival)." + " 게이트웨이 시계도 확인하십시오."),
            Duration.ZERO,
            SETTLED));
  }
}
