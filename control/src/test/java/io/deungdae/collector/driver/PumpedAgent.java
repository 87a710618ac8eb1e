package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Clock;

/** A real device agent without its thread: the test pumps it. */
public final class PumpedAgent {

  private static final int AT_MOST = 50;

  private final DeviceAgent agent;
  private final Clock clock;

  public PumpedAgent(DeviceSettings settings, SampleSink sink, Outcomes outcomes, Clock clock) {
    this.agent = new DeviceAgent(settings, sink, outcomes, clock, () -> 0.0);
    this.clock = clock;
  }

  public Outbox outbox() {
    return agent.outbox();
  }

  public DeviceStatus status() {
    return agent.status();
  }

  /** Does all that is due now. */
  public void pump() {
    for (int i = 0; i < AT_MOST; i++) {
      long nextNs = agent.tick(clock.now(), clock.nanoTime());
      if (nextNs - clock.nanoTime() > 0) {
        return;
      }
    }
  }
}
