package io.deungdae.collector.driver;

/**
 * What a driver counts itself.
 *
 * @param requests exchanges on the wire since it was built
 * @param overruns moments of scan classes that passed without their scan, because an earlier one
 *     took too long, and changes lost because a device's own queue was too short
 * @param roundTripMicros duration of the last exchange, microseconds; -1 when there was none
 */
public record Traffic(long requests, long overruns, long roundTripMicros) {

  /** Nothing was counted. */
  public static final Traffic NONE = new Traffic(0, 0, -1);
}
