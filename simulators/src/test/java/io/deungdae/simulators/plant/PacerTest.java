package io.deungdae.simulators.plant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {

  private final AtomicLong nowNs = new AtomicLong();
  private final BlockingQueue<Double> steps = new ArrayBlockingQueue<>(1000);

  @Test
  void plantTimeIsRealTimeTimesSpeed() throws InterruptedException {
    try (Pacer pacer = pacer(60)) {
      next();
      nowNs.addAndGet(100_000_000);
      assertEquals(6.0, moved(), 1e-9);
      assertEquals(0, pacer.forgoneNs());
    }
  }

  @Test
  void longStandstillIsCaughtUpOnlyInPart() throws InterruptedException {
    try (Pacer pacer = pacer(60)) {
      next();
      nowNs.addAndGet(10_000_000_000L);
      assertEquals(30.0, moved(), 1e-9);
      assertEquals(9_500_000_000L, pacer.forgoneNs());
    }
  }

  private Pacer pacer(double speed) {
    WallClock clock =
        new WallClock() {
          @Override
          public Instant now() {
            return Instant.EPOCH;
          }

          @Override
          public long nanoTime() {
            return nowNs.get();
          }
        };
    return new Pacer("test", steps::offer, speed, clock);
  }

  private double next() throws InterruptedException {
    Double step = steps.poll(5, TimeUnit.SECONDS);
    assertTrue(step != null, "the pacer stands still");
    return step;
  }

  private double moved() throws InterruptedException {
    for (int i = 0; i < 500; i++) {
      double step = next();
      if (step > 0) {
        return step;
      }
    }
    return 0;
  }
}
