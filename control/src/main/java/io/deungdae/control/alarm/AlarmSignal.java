package io.deungdae.control.alarm;

import io.deungdae.collector.signal.Label;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The condition of one alarm. Whoever watches the condition says whether it holds, as often as he
 * likes; the alarm book looks at it each tick.
 *
 * <p>Hand-off: one thread of any kind sets, the control thread reads; only the newest word counts.
 */
public final class AlarmSignal {

  private static final Label NONE = new Label("", "");

  private final AlarmDefinition definition;
  private final AtomicReference<@Nullable Label> detail = new AtomicReference<>();
  private volatile boolean suppressed;

  AlarmSignal(AlarmDefinition definition) {
    this.definition = definition;
  }

  /** The alarm. */
  public AlarmDefinition definition() {
    return definition;
  }

  /** The condition holds; {@code what} says what was found, for people. */
  public void raise(Label what) {
    detail.setRelease(what);
  }

  /** The condition does not hold. */
  public void clear() {
    detail.setRelease(null);
  }

  /** Raises or clears. */
  public void set(boolean holds, Label what) {
    detail.setRelease(holds ? what : null);
  }

  /**
   * For a condition on a number: raises at or above {@code high}, clears only below {@code high -
   * deadband}, so that noise around the limit does not make it chatter. NaN changes nothing.
   */
  public void above(double value, double high, double deadband, Label what) {
    if (value >= high) {
      raise(what);
    } else if (value < high - deadband) {
      clear();
    }
  }

  /** Suppresses the alarm by design, or ends that, e.g. a flow alarm while the pump is off. */
  public void suppress(boolean byDesign) {
    suppressed = byDesign;
  }

  boolean isSuppressed() {
    return suppressed;
  }

  /** True when the condition was last said to hold. */
  public boolean isRaised() {
    return detail.getAcquire() != null;
  }

  Label detail() {
    Label found = detail.getAcquire();
    return found == null ? NONE : found;
  }
}
