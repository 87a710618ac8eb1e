package io.deungdae.simulators.mqtt;

import io.deungdae.simulators.plant.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes meters every 200 ms, as retained messages of QoS 0, in a thread of its own. When the
 * broker is away it comes back by itself; what it could not publish meanwhile is lost, as with a
 * real meter.
 */
public final class Meters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
  private static final long PERIOD_NS = 200_000_000;
  private static final long PATIENCE_MS = 5000;

  private final List<Meter> meters;
  private final WallClock clock;
  private final MqttAsyncClient client;
  private final Thread thread;
  private volatile boolean stopping;
  private boolean failing;

  private Meters(MqttAsyncClient client, List<Meter> meters, WallClock clock) {
    this.client = client;
    this.meters = List.copyOf(meters);
    this.clock = clock;
    thread = new Thread(this::run, "meters");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Connects and starts publishing.
   *
   * @param url broker, e.g. {@code tcp://127.0.0.1:1883}
   * @throws IOException when the broker cannot be reached
   */
  public static Meters start(String url, List<Meter> meters, WallClock clock) throws IOException {
    try {
      return new Meters(connect(url), meters, clock);
    } catch (MqttException e) {
      throw new IOException("meters cannot reach the broker at " + url, e);
    }
  }

  private static MqttAsyncClient connect(String url) throws MqttException {
    MqttAsyncClient client = new MqttAsyncClient(url, "deungdae-meters", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setAutomaticReconnect(true);
    options.setMaxReconnectDelay(2000);
    options.setCleanSession(true);
    options.setMaxInflight(100);
    client.connect(options).waitForCompletion(PATIENCE_MS);
    return client;
  }

  private void run() {
    long dueNs = clock.nanoTime();
    while (!stopping) {
      publish();
      dueNs = Math.max(dueNs + PERIOD_NS, clock.nanoTime() - PERIOD_NS);
      for (long left = dueNs - clock.nanoTime(); left > 0 && !stopping; ) {
        LockSupport.parkNanos(left);
        left = dueNs - clock.nanoTime();
      }
    }
  }

  private void publish() {
    long epochMs = clock.now().toEpochMilli();
    try {
      for (Meter meter : meters) {
        byte[] message = meter.message(epochMs).getBytes(StandardCharsets.UTF_8);
        client.publish(meter.topic(), message, 0, true);
      }
      failing = false;
    } catch (MqttException e) {
      if (!failing) {
        failing = true;
        LOG.warn("meters cannot publish reason={} action=\"none, retrying\"", e.getReasonCode());
      }
    }
  }

  /** Stops publishing and disconnects. Harmless the second time. */
  @Override
  public void close() throws MqttException {
    if (stopping) {
      return;
    }
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.disconnectForcibly(500, 500);
    client.close();
  }
}
