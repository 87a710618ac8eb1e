package io.deungdae.collector.driver;

/** What became of one setpoint. */
public sealed interface Outcome {

  /** The setpoint. */
  Setpoint setpoint();

  /** When the outcome was known, monotonic. */
  long atNs();

  /** True when the device holds the value. */
  default boolean confirmed() {
    return this instanceof Confirmed;
  }

  /** Written, read back, and the same within the tag's tolerance. */
  record Confirmed(Setpoint setpoint, long atNs, long sentNs, double readBack) implements Outcome {}

  /** Written, but the device reads back something else. */
  record Mismatch(Setpoint setpoint, long atNs, long sentNs, double readBack) implements Outcome {}

  /** The device refused it, or its type cannot represent the value. */
  record Refused(Setpoint setpoint, long atNs, String reason) implements Outcome {}

  /** The deadline passed before it could be written; nothing was sent. */
  record Late(Setpoint setpoint, long atNs) implements Outcome {}

  /** A newer setpoint for the same tag took its place; nothing was sent. */
  record Superseded(Setpoint setpoint, long atNs) implements Outcome {}

  /** The link failed; whether the device took the value is not known. */
  record Failed(Setpoint setpoint, long atNs, DeviceException.Kind kind, String reason)
      implements Outcome {}
}
