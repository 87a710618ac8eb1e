package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.tls.TlsTrouble;
import java.io.EOFException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** Why a broker is not to be had, in words for an operator. */
final class Reason {

  private Reason() {}

  /**
   * The reason behind a failure of the library.
   *
   * @param password true when the broker said that it is the user or the password
   */
  static String of(Exception failure, boolean password) {
    if (password) {
      return "the broker does not accept user or password: " + failure.getMessage();
    }
    return TlsTrouble.behind(failure)
        .orElseGet(
            () -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              return isHungUp(cause)
                  ? "it closes the connection at once; is it a broker, does it want TLS (ssl://),"
                      + " another version or another client id?"
                  : failure.getMessage() + " (" + cause.getMessage() + ")";
            });
  }

  /** The reason why a connection that stood is gone. */
  static String ofLoss(Throwable loss, String clientId) {
    Throwable cause = loss.getCause() == null ? loss : loss.getCause();
    return isHungUp(cause)
        ? "the broker has closed the connection; if it does so again and again, another client may"
            + " have our client id "
            + clientId
        : "connection lost: " + loss.getMessage() + " (" + cause.getMessage() + ")";
  }

  private static boolean isHungUp(Throwable cause) {
    return cause instanceof EOFException
        || (cause instanceof SocketException && "Connection reset".equals(cause.getMessage()));
  }

  /**
   * What a broker says before it closes the connection, MQTT 5 only.
   *
   * @param code its reason code
   * @param told its own words, if any
   */
  static String ofFarewell(int code, @Nullable String told, String clientId) {
    String words = switch (code) { // MQTT 5 §3.14.2.1
          case 0x81, 0x82 -> "we have broken the protocol";
          case 0x87 -> "not authorised";
          case 0x89 -> "it is busy";
          case 0x8B -> "it is shutting down";
          case 0x8D -> "it has not heard of us for too long";
          case 0x8E ->
              "another client has connected with our client id " + clientId + "; give each its own";
          case 0x93 -> "more messages under way than it allows";
          case 0x95 -> "a message of ours is too large";
          case 0x96 -> "we send too fast";
          case 0x97 -> "a quota is used up";
          case 0x98 -> "somebody has ended it there";
          case 0x9C, 0x9D -> "another broker is to be used";
          case 0x9F -> "we connect too often";
          case 0xA0 -> "the longest time for a connection is over";
          default -> "reason " + String.format("0x%02X", code);
        };
    return "the broker has ended the connection: "
        + words
        + (told == null ? "" : " (" + told + ")");
  }
}
