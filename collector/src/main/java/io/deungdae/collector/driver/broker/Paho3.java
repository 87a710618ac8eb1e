package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import javax.net.SocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttPersistable;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttPublish;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 3.1.1. */
final class Paho3 implements Library {

  private static final Logger log = LoggerFactory.getLogger(Paho3.class);
  private static final long LONGEST_CLOSE_MS = 500;
  private static final int MOST_UNCONFIRMED = 1000;
  private static final int WINDOW = MOST_UNCONFIRMED / 2;

  private final String device;
  private final BrokerSettings settings;
  private final Broker.Listener listener;
  private @Nullable MqttAsyncClient client;

  Paho3(String device, BrokerSettings settings, Broker.Listener listener) {
    this.device = device;
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public boolean connect(SocketFactory sockets) throws DeviceException {
    try {
      String url = "tcp://" + settings.host() + ":" + settings.port(); // TLS is the sockets' matter
      MqttAsyncClient made = new MqttAsyncClient(url, settings.clientId(), new EarlyDelivery());
      client = made;
      made.setManualAcks(true);
      made.setCallback(new Callback(made));
      IMqttToken token = made.connect(options(sockets));
      token.waitForCompletion(settings.timeout().toMillis());
      return token.getSessionPresent();
    } catch (MqttException e) {
      throw failure("connecting", e);
    } catch (IOException e) {
      throw new DeviceException(Kind.REJECTED, device, "password cannot be read: " + e, e);
    }
  }

  private MqttConnectOptions options(SocketFactory sockets) throws IOException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(settings.cleanSession());
    options.setAutomaticReconnect(false);
    options.setMaxInflight(MOST_UNCONFIRMED);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    options.setSocketFactory(sockets);
    Announcement will = settings.will();
    if (will != null) {
      options.setWill(will.topic(), will.payload(), will.qos(), will.retained());
    }
    if (!settings.user().isEmpty()) {
      options.setUserName(settings.user());
      options.setPassword(settings.password().reveal().toCharArray());
    }
    return options;
  }

  @Override
  public int[] subscribe(List<String> filters, int qos, Meanwhile meanwhile)
      throws DeviceException {
    int[] wanted = new int[filters.size()];
    Arrays.fill(wanted, qos);
    try {
      IMqttToken token = connected().subscribe(filters.toArray(new String[0]), wanted);
      Patience.await(device, settings.timeout(), token::isComplete, meanwhile);
      token.waitForCompletion(settings.timeout().toMillis());
      return token.getGrantedQos();
    } catch (MqttException e) {
      throw failure("subscribing", e);
    }
  }

  @Override
  public void unsubscribe(String filter) throws DeviceException {
    try {
      IMqttToken unused = connected().unsubscribe(filter);
    } catch (MqttException e) {
      throw failure("unsubscribing", e);
    }
  }

  @Override
  public void publish(Announcement message) throws DeviceException {
    try {
      IMqttDeliveryToken token =
          connected()
              .publish(message.topic(), message.payload(), message.qos(), message.retained());
      token.waitForCompletion(settings.timeout().toMillis());
    } catch (MqttException e) {
      throw failure("publishing", e);
    }
  }

  @Override
  public List<Integer> publishAll(List<Announcement> messages) throws DeviceException {
    ArrayDeque<IMqttDeliveryToken> underWay = new ArrayDeque<>();
    try {
      for (Announcement message : messages) {
        if (underWay.size() == WINDOW) {
          underWay.removeFirst().waitForCompletion(settings.timeout().toMillis());
        }
        underWay.addLast(
            connected()
                .publish(message.topic(), message.payload(), message.qos(), message.retained()));
      }
      for (IMqttDeliveryToken token : underWay) {
        token.waitForCompletion(settings.timeout().toMillis());
      }
      return List.of(); // MQTT 3.1.1 has no way to refuse a message
    } catch (MqttException e) {
      throw failure("publishing", e);
    }
  }

  private MqttAsyncClient connected() throws DeviceException {
    if (client == null) {
      throw new DeviceException(Kind.CONNECT, device, "not connected");
    }
    return client;
  }

  @Override
  public void close() {
    MqttAsyncClient closing = client;
    client = null;
    if (closing == null) {
      return;
    }
    try {
      if (closing.isConnected()) {
        closing.disconnect(0).waitForCompletion(LONGEST_CLOSE_MS);
      } else {
        closing.disconnectForcibly(0, LONGEST_CLOSE_MS, false);
      }
    } catch (MqttException e) {
      log.debug("device={} disconnecting failed", device, e);
    }
    try {
      closing.close(true);
    } catch (MqttException e) {
      log.debug("device={} closing failed", device, e);
    }
  }

  private DeviceException failure(String what, MqttException e) {
    Kind kind =
        switch (e.getReasonCode()) {
          case MqttException.REASON_CODE_CLIENT_TIMEOUT -> Kind.TIMEOUT;
          case MqttException.REASON_CODE_FAILED_AUTHENTICATION,
              MqttException.REASON_CODE_NOT_AUTHORIZED,
              MqttException.REASON_CODE_INVALID_CLIENT_ID,
              MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION ->
              Kind.REJECTED;
          default -> Kind.CONNECT;
        };
    boolean password =
        e.getReasonCode() == MqttException.REASON_CODE_FAILED_AUTHENTICATION
            || e.getReasonCode() == MqttException.REASON_CODE_NOT_AUTHORIZED;
    return new DeviceException(kind, device, what + ": " + Reason.of(e, password), e);
  }

  private void arrived(String topic, int id, MqttMessage message) {
    listener.arrived(
        topic,
        Broker.Message.of(
            message.getPayload(),
            message.getQos() == 0 ? 0 : id,
            message.getQos(),
            message.isRetained(),
            message.isDuplicate()));
  }

  /**
   * The library stores a message with QoS 2 here when it comes, and hands it over only when the
   * broker has let go of it. We want it before.
   */
  private final class EarlyDelivery extends MemoryPersistence {
    @Override
    public void put(String key, MqttPersistable stored)
        throws org.eclipse.paho.client.mqttv3.MqttPersistenceException {
      super.put(key, stored);
      if (key.startsWith("r-") && stored instanceof MqttPublish publish) {
        arrived(publish.getTopicName(), publish.getMessageId(), publish.getMessage());
      }
    }
  }

  /** Called by the library's threads. */
  private final class Callback implements MqttCallback {

    private final MqttAsyncClient owner;

    Callback(MqttAsyncClient owner) {
      this.owner = owner;
    }

    @Override
    public void connectionLost(Throwable cause) {
      listener.lost(Reason.ofLoss(cause, settings.clientId()));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) throws MqttException {
      if (message.getQos() == 2) { // we have had it; this ends the exchange
        owner.messageArrivedComplete(message.getId(), 2);
      } else {
        arrived(topic, message.getId(), message);
      }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // whoever publishes waits for it
    }
  }
}
