package io.deungdae.collector.driver;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a device is doing, for people and for metrics. A snapshot.
 *
 * @param device its name
 * @param protocol its protocol, e.g. {@code modbus}
 * @param endpoint where it is, without secrets
 * @param simulated true when it is not a real machine
 * @param state state of the link
 * @param since when the state began
 * @param samples samples delivered since start
 * @param badSamples of these, bad ones
 * @param requests exchanges on the wire since start
 * @param errors failures since start
 * @param reconnects times the link was made again since start
 * @param overruns moments of scan classes that passed without their scan
 * @param writes setpoints written since start
 * @param roundTripMicros duration of the last exchange, microseconds; -1 when there was none
 * @param heartbeat true while the heartbeat is being written
 * @param lastError the last failure, or null when there was none
 */
public record DeviceStatus(
    String device,
    String protocol,
    String endpoint,
    boolean simulated,
    LinkState state,
    Instant since,
    long samples,
    long badSamples,
    long requests,
    long errors,
    long reconnects,
    long overruns,
    long writes,
    long roundTripMicros,
    boolean heartbeat,
    @Nullable String lastError) {}
