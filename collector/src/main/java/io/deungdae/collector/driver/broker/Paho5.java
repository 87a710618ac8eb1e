package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import javax.net.SocketFactory;
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
final class Paho5 implements Library {

  private static final Logger log = LoggerFactory.getLogger(Paho5.class);

  /** The library tells of each message of QoS 2. Held here, because levels go with the logger. */
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("org.eclipse.paho.mqttv5");

  static {
    LIBRARY.setLevel(Level.WARNING);
  }

  private static final long LONGEST_CLOSE_MS = 500;

  /** How long the broker keeps messages for us: a week, so that no holiday loses any. */
  private static final long SESSION_EXPIRY_S = 7 * 86_400L;

  private static final int MOST_IN_FLIGHT = 65_535; // MQTT 5 §3.1.2.11.3
  private static final int MOST_UNCONFIRMED = 500;
  private static final int FAILURE = 0x80; // MQTT 5 §2.4

  /** Not authorised, topic invalid, packet too large, payload invalid. */
  private static final Set<Integer> REFUSALS = Set.of(0x87, 0x90, 0x95, 0x99);

  private final String device;
  private final BrokerSettings settings;
  private final Broker.Listener listener;
  private @Nullable MqttAsyncClient client;

  /**
   * How many of the next messages may have been given before. The library keeps the flag that would
   * tell to itself; but those come first, and were no more than could be under way.
   */
  private final AtomicInteger perhapsAgain;

  /** Messages under way at the same time; the library frees a place a little after the receipt. */
  private int window = 1;

  Paho5(String device, BrokerSettings settings, Broker.Listener listener) {
    this.device = device;
    this.settings = settings;
    this.listener = listener;
    this.perhapsAgain = new AtomicInteger(settings.inFlight());
  }

  @Override
  public boolean connect(SocketFactory sockets) throws DeviceException {
    try {
      String url = "tcp://" + settings.host() + ":" + settings.port(); // TLS is the sockets' matter
      MqttAsyncClient made = new MqttAsyncClient(url, settings.clientId(), new MemoryPersistence());
      client = made;
      made.setManualAcks(true);
      made.setCallback(new Callback());
      IMqttToken token = made.connect(options(sockets));
      token.waitForCompletion(settings.timeout().toMillis());
      MqttProperties granted = token.getResponseProperties();
      Integer most = granted == null ? null : granted.getReceiveMaximum();
      window = most == null ? MOST_UNCONFIRMED : Math.max(1, Math.min(MOST_UNCONFIRMED, most / 2));
      if (!token.getSessionPresent()) {
        perhapsAgain.set(0);
      }
      return token.getSessionPresent();
    } catch (MqttException e) {
      throw failure("connecting", e);
    } catch (IOException e) {
      throw new DeviceException(Kind.REJECTED, device, "password cannot be read: " + e, e);
    }
  }

  private MqttConnectionOptions options(SocketFactory sockets) throws IOException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(settings.cleanSession());
    options.setSessionExpiryInterval(settings.cleanSession() ? 0L : SESSION_EXPIRY_S);
    options.setReceiveMaximum(Math.min(settings.inFlight(), MOST_IN_FLIGHT));
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, settings.timeout().toSeconds()));
    options.setSocketFactory(sockets);
    Announcement will = settings.will();
    if (will != null) {
      options.setWill(
          will.topic(), new MqttMessage(will.payload(), will.qos(), will.retained(), null));
    }
    if (!settings.user().isEmpty()) {
      options.setUserName(settings.user());
      options.setPassword(settings.password().reveal().getBytes(StandardCharsets.UTF_8));
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
      return token.getReasonCodes();
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
      IMqttToken token =
          connected()
              .publish(message.topic(), message.payload(), message.qos(), message.retained());
      token.waitForCompletion(settings.timeout().toMillis());
    } catch (MqttException e) {
      throw failure("publishing", e);
    }
  }

  @Override
  public List<Integer> publishAll(List<Announcement> messages) throws DeviceException {
    ArrayDeque<IMqttToken> underWay = new ArrayDeque<>();
    List<Integer> refused = new ArrayList<>();
    try {
      int done = 0;
      for (Announcement message : messages) {
        if (underWay.size() == window) {
          confirm(underWay.removeFirst(), done++, refused);
        }
        underWay.addLast(
            connected()
                .publish(message.topic(), message.payload(), message.qos(), message.retained()));
      }
      for (IMqttToken token : underWay) {
        confirm(token, done++, refused);
      }
      return refused;
    } catch (MqttException e) {
      throw failure("publishing", e);
    }
  }

  /** Waits for the broker's receipt, which may say no. */
  private void confirm(IMqttToken token, int place, List<Integer> refused) throws MqttException {
    token.waitForCompletion(settings.timeout().toMillis());
    int[] codes = token.getReasonCodes();
    int code = codes == null || codes.length == 0 ? 0 : codes[0];
    if (REFUSALS.contains(code)) {
      refused.add(place);
    } else if (code >= FAILURE) {
      throw new MqttException(code);
    }
  }

  private static int oneLess(int left) {
    return Math.max(0, left - 1);
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
          case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> Kind.TIMEOUT;
          case MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD,
              MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
              MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID,
              MqttReturnCode.RETURN_CODE_BANNED,
              MqttReturnCode.RETURN_CODE_UNSUPPORTED_PROTOCOL_VERSION ->
              Kind.REJECTED;
          default -> Kind.CONNECT;
        };
    boolean password =
        e.getReasonCode() == MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD
            || e.getReasonCode() == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED;
    return new DeviceException(kind, device, what + ": " + Reason.of(e, password), e);
  }

  /** Called by the library's threads. */
  private final class Callback implements MqttCallback {

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException broken = response.getException();
      listener.lost(
          broken != null
              ? Reason.ofLoss(broken, settings.clientId())
              : Reason.ofFarewell(
                  response.getReturnCode(), response.getReasonString(), settings.clientId()));
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
      listener.lost("the broker broke the protocol: " + exception.getMessage());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      byte[] payload = message.getPayload();
      listener.arrived(
          topic,
          Broker.Message.of(
              payload,
              message.getQos() == 0 ? 0 : message.getId(),
              message.getQos(),
              message.isRetained(),
              message.getQos() > 0 && perhapsAgain.getAndUpdate(Paho5::oneLess) > 0));
      if (message.getQos() == 2) {
        message.clearPayload(); // the library keeps the message until its number comes again
      }
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
      // whoever publishes waits for it
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
