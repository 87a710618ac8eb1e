package io.deungdae.control.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final AtomicLong control = new AtomicLong();
  private final AtomicLong device = new AtomicLong();
  private final AtomicInteger beats = new AtomicInteger();
  private final Watchdog watchdog =
      new Watchdog(
          () ->
              List.of(
                  new Pulse("control", control::get, Duration.ofSeconds(30)),
                  new Pulse("device-plc", device::get, Duration.ofMinutes(5))),
          beats::incrementAndGet);

  private int beatsAt(long second) {
    watchdog.tick(Instant.EPOCH, second * SECOND_NS);
    return beats.getAndSet(0);
  }

  @Test
  void oneThreadThatHangsIsEnoughToFallSilentUntilItComesRoundAgain() {
    assertEquals(1, beatsAt(30));
    assertEquals(0, beatsAt(31));
    control.set(40 * SECOND_NS);
    assertEquals(1, beatsAt(41));
    control.set(310 * SECOND_NS);
    assertEquals(0, beatsAt(310)); // the device's thread
    device.set(309 * SECOND_NS);
    assertEquals(1, beatsAt(311));
  }
}
