package io.deungdae.simulators.mqtt;

import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.WallClock;
import io.deungdae.simulators.trouble.ProtocolServer;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes plants to an MQTT broker at a fixed pace, in a thread of its own, and takes setpoints.
 * QoS 0. When the broker is away it comes back by itself; what it could not say meanwhile is lost.
 */
public final class PlantPublisher implements ProtocolServer {

  private static final Logger LOG = LoggerFactory.getLogger(PlantPublisher.class);
  private static final long PATIENCE_MS = 5000;
  private static final Set<Trouble> JSON =
      EnumSet.complementOf(
          EnumSet.of(Trouble.EXCEPTION, Trouble.EXPIRED_CERTIFICATE, Trouble.WRONG_ID));
  private static final Set<Trouble> SPARKPLUG =
      EnumSet.complementOf(EnumSet.of(Trouble.EXCEPTION, Trouble.EXPIRED_CERTIFICATE));

  private final String name;
  private final String url;
  private final long periodNs;
  private final Coding coding;
  private final Troubles troubles;
  private final Spoiler spoiler;
  private final WallClock clock;
  private final MqttAsyncClient client;
  private final Thread thread;
  private volatile boolean rebirth;
  private volatile boolean stopping;
  private boolean failing;

  private PlantPublisher(
      String name, String url, double every, Coding coding, Troubles troubles, WallClock clock)
      throws MqttException {
    this.name = name;
    this.url = url;
    this.periodNs = Math.round(1e9 * every);
    this.coding = coding;
    this.troubles = troubles;
    this.clock = clock;
    spoiler = new Spoiler(troubles);
    client = new MqttAsyncClient(url, "plant-" + name, new MemoryPersistence());
    client.setCallback(new Orders());
    thread = new Thread(this::run, "mqtt-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts publishing JSON, see {@link JsonCoding}.
   *
   * @param name client id
   * @param url broker, e.g. {@code tcp://127.0.0.1:1883}; may be away as yet
   * @param every seconds between messages
   * @param topic first level of the topics
   */
  public static PlantPublisher json(
      String name, String url, double every, String topic, List<? extends SharedPlant<?>> plants)
      throws IOException {
    Troubles troubles = new Troubles(JSON);
    return start(name, url, every, new JsonCoding(topic, plants, troubles), troubles);
  }

  /** Starts publishing Sparkplug B, with the name as the edge node. */
  public static PlantPublisher sparkplug(
      String name, String url, double every, String group, List<? extends SharedPlant<?>> plants)
      throws IOException {
    Troubles troubles = new Troubles(SPARKPLUG);
    return start(name, url, every, new SparkplugCoding(group, name, plants, troubles), troubles);
  }

  private static PlantPublisher start(
      String name, String url, double every, Coding coding, Troubles troubles) throws IOException {
    try {
      return new PlantPublisher(name, url, every, coding, troubles, WallClock.system());
    } catch (MqttException | IllegalArgumentException e) {
      throw new IOException("no MQTT broker can be at " + url, e);
    }
  }

  @Override
  public String protocol() {
    return "mqtt";
  }

  /** The broker's port. */
  @Override
  public int port() {
    return URI.create(url).getPort();
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  private void run() {
    long dueNs = clock.nanoTime();
    while (!stopping) {
      turn();
      dueNs = Math.max(dueNs + periodNs, clock.nanoTime() - periodNs);
      for (long left = dueNs - clock.nanoTime(); left > 0 && !stopping; ) {
        LockSupport.parkNanos(left);
        left = dueNs - clock.nanoTime();
      }
    }
  }

  private void turn() {
    try {
      if (troubles.on(Trouble.HANG_UP)) {
        drop();
        return;
      }
      if (!client.isConnected()) {
        connect();
        rebirth = true;
      }
      long epochMs = epochMs();
      if (rebirth) {
        rebirth = false;
        send(coding.births(epochMs));
      }
      send(coding.data(epochMs));
      failing = false;
    } catch (MqttException e) {
      failed(e);
    }
  }

  private long epochMs() {
    return clock.now().toEpochMilli() + Math.round(1000 * troubles.size(Trouble.CLOCK_SKEW));
  }

  private void send(List<Message> messages) throws MqttException {
    for (Message message : spoiler.spoil(messages, clock.nanoTime())) {
      client.publish(message.topic(), message.payload(), 0, message.retained());
    }
  }

  private void connect() throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(true);
    options.setMaxInflight(1000);
    Message will = coding.will().orElse(null);
    if (will != null) {
      options.setWill(will.topic(), will.payload(), 1, false);
    }
    client.connect(options).waitForCompletion(PATIENCE_MS);
    for (String topic : coding.subscriptions()) {
      client.subscribe(topic, 1).waitForCompletion(PATIENCE_MS);
    }
  }

  /** Ends the connection without saying so, as a cut cable does. */
  private void drop() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(0, 100, false);
    }
  }

  private void failed(MqttException e) {
    if (!failing) {
      failing = true;
      LOG.warn(
          "publisher cannot publish name={} broker={} reason={} action=\"none, retrying\"",
          name,
          url,
          e.getReasonCode());
    }
  }

  @Override
  public void close() throws IOException {
    if (stopping) {
      return;
    }
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(PATIENCE_MS);
      client.disconnectForcibly(500, 500, false); // so that the broker says the will
      client.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (MqttException e) {
      throw new IOException("publisher " + name + " did not stop cleanly", e);
    }
  }

  /** Hands orders to the coding. */
  private final class Orders implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (coding.take(topic, message.getPayload())) {
        rebirth = true;
      }
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
      // the next turn connects again
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // nothing waits for it
    }
  }
}
