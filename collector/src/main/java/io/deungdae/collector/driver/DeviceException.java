package io.deungdae.collector.driver;

/**
 * The link to a device failed in a way that networks and devices do fail. Never an error of ours.
 */
public final class DeviceException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What kind of failure it was. */
  public enum Kind {
    /** No link could be made, or it broke. */
    CONNECT,
    /** No answer in time. */
    TIMEOUT,
    /** The device refused: credentials, certificate, address. */
    REJECTED,
    /** The device answered something that the protocol does not allow. */
    PROTOCOL
  }

  private final Kind kind;
  private final String device;

  /** A failure of {@code device}; the message says what was tried and what an operator can do. */
  public DeviceException(Kind kind, String device, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.device = device;
  }

  /** A failure of {@code device} without an underlying exception. */
  public DeviceException(Kind kind, String device, String message) {
    super(message);
    this.kind = kind;
    this.device = device;
  }

  /** What kind of failure it was. */
  public Kind kind() {
    return kind;
  }

  /** The device's name. */
  public String device() {
    return device;
  }
}
