package io.deungdae.control.trial;

import io.deungdae.collector.signal.Clock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A meter that numbers its messages from 1, and a broker that keeps them for whoever is away. */
final class NumberedMeter implements AutoCloseable {

  static final String TOPIC = "trial/meter";
  private static final long EVERY_NS = 40_000_000L;

  private final Clock clock = Clock.system();
  private final MosquittoBroker broker;
  private final MqttClient client;
  private final AtomicLong sent = new AtomicLong();
  private final Thread thread = new Thread(this::run, "meter");
  private volatile boolean counting;

  NumberedMeter(Path folder) throws Exception {
    broker = new MosquittoBroker(folder);
    client = new MqttClient(broker.url(), "trial-meter", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMaxInflight(100);
    client.connect(options);
    thread.setDaemon(true);
  }

  String broker() {
    return broker.url();
  }

  /** Begins to count. */
  void start() {
    counting = true;
    thread.start();
  }

  /** Ends counting; returns the last number. */
  long stop() throws InterruptedException {
    counting = false;
    thread.join(5_000);
    return sent.get();
  }

  /** The last number so far. */
  long last() {
    return sent.get();
  }

  /** Sends a payload as it is. */
  void say(String topic, String payload) throws MqttException {
    client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), 1, false);
  }

  private void run() {
    try {
      while (counting) {
        long number = sent.get() + 1;
        say(TOPIC, "{\"n\":" + number + ",\"ts\":" + clock.now().toEpochMilli() + "}");
        sent.set(number);
        LockSupport.parkNanos(EVERY_NS);
      }
    } catch (MqttException e) {
      if (counting) {
        throw new IllegalStateException("the broker went away", e);
      }
    }
  }

  @Override
  public void close() throws MqttException {
    counting = false;
    try {
      client.disconnectForcibly(500, 500);
      client.close();
    } finally {
      broker.close();
    }
  }
}
