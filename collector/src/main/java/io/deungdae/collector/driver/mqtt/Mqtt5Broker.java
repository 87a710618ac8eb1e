package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 5. */
final class Mqtt5Broker implements Broker {

  private static final Logger log = LoggerFactory.getLogger(Mqtt5Broker.class);
  private static final long LONGEST_CLOSE_MS = 500;

  /** How long the broker keeps messages for us: a week, so that no holiday loses any. */
  private static final long SESSION_EXPIRY_S = 7 * 86_400L;

  private static final int MOST_IN_FLIGHT = 65_535; // MQTT 5 §3.1.2.11.3

  private final MqttSpec spec;
  private final Listener listener;
  private @Nullable MqttAsyncClient client;

  Mqtt5Broker(MqttSpec spec, Listener listener) {
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

  private static MqttConnectionOptions options(MqttSettings settings)
      throws IOException, GeneralSecurityException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(settings.cleanSession());
    options.setSessionExpiryInterval(settings.cleanSession() ? 0L : SESSION_EXPIRY_S);
    options.setReceiveMaximum(Math.min(settings.inFlight(), MOST_IN_FLIGHT));
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    if (!settings.user().isEmpty()) {
      options.setUserName(settings.user());
      options.setPassword(settings.password().reveal().getBytes(StandardCharsets.UTF_8));
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
      for (int answer : token.getReasonCodes()) {
        granted.add(answer <= 2); // MQTT 5 §3.9.3: from 128 on they are failures
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
          case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> Kind.TIMEOUT;
          case MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD,
              MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
              MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID,
              MqttReturnCode.RETURN_CODE_BANNED,
              MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION ->
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
    public void disconnected(MqttDisconnectResponse response) {
      String told = response.getReasonString();
      listener.lost("connection lost: " + (told == null ? response.getException() : told));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      listener.lost("the broker broke the protocol: " + exception.getMessage());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      int id = message.getQos() == 0 ? 0 : message.getId();
      listener.arrived(topic, new Message(message.getPayload(), id, message.isRetained()));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // nothing is published
    }

    @Override
    public void connectComplete(boolean reconnect, String broker) {
      // connect() waits for it
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
      // no extended authentication
    }
  }
}
