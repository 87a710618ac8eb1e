package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 3.1.1. */
final class Mqtt3Broker implements Broker {

  private static final Logger log = LoggerFactory.getLogger(Mqtt3Broker.class);
  private static final long LONGEST_CLOSE_MS = 500;

  private final MqttSpec spec;
  private final Listener listener;
  private @Nullable MqttAsyncClient client;

  Mqtt3Broker(MqttSpec spec, Listener listener) {
    this.spec = spec;
    this.listener = listener;
  }

  @Override
  public void connect() throws DeviceException {
    MqttSettings settings = spec.settings();
    try {
      MqttAsyncClient made =
          new MqttAsyncClient(settings.broker(), settings.clientId(), new MemoryPersistence());
      client = made;
      made.setManualAcks(true);
      made.setCallback(new Callback());
      made.connect(options(settings)).waitForCompletion(settings.timeout().toMillis());
    } catch (MqttException e) {
      throw failure("connecting", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new DeviceException(
          Kind.REJECTED, spec.device(), "password or certificates cannot be read: " + e, e);
    }
  }

  private static MqttConnectOptions options(MqttSettings settings)
      throws IOException, GeneralSecurityException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(settings.cleanSession());
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    if (!settings.user().isEmpty()) {
      options.setUserName(settings.user());
      options.setPassword(settings.password().reveal().toCharArray());
    }
    if (settings.encrypted()) {
      options.setSocketFactory(settings.tls().sockets());
      options.setHttpsHostnameVerificationEnabled(true);
    }
    return options;
  }

  @Override
  public List<Boolean> subscribe(List<String> topics) throws DeviceException {
    int[] qos = new int[topics.size()];
    Arrays.fill(qos, spec.settings().qos());
    try {
      IMqttToken token = connected().subscribe(topics.toArray(new String[0]), qos);
      token.waitForCompletion(spec.settings().timeout().toMillis());
      List<Boolean> granted = new ArrayList<>();
      for (int answer : token.getGrantedQos()) {
        granted.add(answer <= 2); // MQTT 3.1.1 §3.9.3: 128 is a failure
      }
      return granted;
    } catch (MqttException e) {
      throw failure("subscribing", e);
    }
  }

  @Override
  public void forget(String topic) {
    try {
      IMqttToken unused = connected().unsubscribe(topic);
    } catch (MqttException | DeviceException e) {
      log.debug("device={} unsubscribing failed", spec.device(), e);
    }
  }

  @Override
  public void acknowledge(int id) throws DeviceException {
    try {
      connected().messageArrivedComplete(id, 1);
    } catch (MqttException e) {
      throw failure("acknowledging", e);
    }
  }

  private MqttAsyncClient connected() throws DeviceException {
    if (client == null) {
      throw new DeviceException(Kind.CONNECT, spec.device(), "not connected");
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
      log.debug("device={} disconnecting failed", spec.device(), e);
    }
    try {
      closing.close(true);
    } catch (MqttException e) {
      log.debug("device={} closing failed", spec.device(), e);
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
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new DeviceException(
        kind, spec.device(), what + ": " + e.getMessage() + " (" + cause.getMessage() + ")", e);
  }

  /** Called by the library's threads. */
  private final class Callback implements MqttCallback {

    @Override
    public void connectionLost(Throwable cause) {
      listener.lost("connection lost: " + cause.getMessage());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      int id = message.getQos() == 0 ? 0 : message.getId();
      listener.arrived(topic, new Message(message.getPayload(), id, message.isRetained()));
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
      // nothing is published
    }
  }
}
