package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** What one server tells of a plant, with what is wrong with the server. Thread-safe. */
final class PlantView {

  private static final long TICKS = 10_000_000; // in a second, OPC UA Part 6 §5.2.2.5

  private final PlantAccess plant;
  private final Troubles troubles;
  private final AtomicReference<PlantAccess.@Nullable Snapshot> held = new AtomicReference<>();

  PlantView(PlantAccess plant, Troubles troubles) {
    this.plant = plant;
    this.troubles = troubles;
  }

  PlantAccess plant() {
    return plant;
  }

  /** The status that refuses everything, or good. */
  StatusCode refusal() {
    if (!troubles.on(Trouble.EXCEPTION)) {
      return StatusCode.GOOD;
    }
    long code = (long) troubles.size(Trouble.EXCEPTION);
    return new StatusCode(code == 0 ? StatusCodes.Bad_DeviceFailure : code);
  }

  /** The value of a signal. */
  DataValue value(int index) {
    StatusCode refusal = refusal();
    if (refusal.isBad()) {
      return new DataValue(Variant.NULL_VALUE, refusal, null, shifted(DateTime.now()));
    }
    PlantAccess.Snapshot snapshot = snapshot();
    Signal signal = plant.signals().get(index);
    double value = snapshot.value(index);
    boolean bad = troubles.on(Trouble.BAD_STATUS) || Double.isNaN(value);
    return new DataValue(
        variant(signal, value),
        bad ? new StatusCode(StatusCodes.Bad_SensorFailure) : StatusCode.GOOD,
        shifted(new DateTime(snapshot.time())),
        shifted(DateTime.now()));
  }

  /** True while the server tells old values as if they were new. */
  boolean stale() {
    return troubles.on(Trouble.STALE);
  }

  private static Variant variant(Signal signal, double value) {
    return switch (signal.kind()) {
      case NUMBER -> Variant.ofDouble(value);
      case WHOLE -> Variant.ofInt32((int) value);
      case FLAG -> Variant.ofBoolean(value != 0);
    };
  }

  /** A time as the server tells it. */
  DateTime shifted(DateTime time) {
    double seconds = troubles.size(Trouble.CLOCK_SKEW);
    return seconds == 0 ? time : new DateTime(time.getUtcTime() + Math.round(seconds * TICKS));
  }

  private PlantAccess.Snapshot snapshot() {
    PlantAccess.Snapshot now = plant.snapshot();
    if (!troubles.on(Trouble.STALE)) {
      held.set(null);
      return now;
    }
    PlantAccess.Snapshot old = held.get();
    if (old == null) {
      held.set(now);
      return now;
    }
    return old.at(now.time());
  }
}
