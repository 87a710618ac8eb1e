package io.deungdae.control.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One alarm with its state. Used by the control thread. */
final class Alarm {

  private static final long MINUTE_NS = 60_000_000_000L;
  private static final long DAY_NS = 24 * 60 * MINUTE_NS;
  private static final int CHATTER = 3;

  private final AlarmSignal signal;
  private final long[] lastRaisesNs = new long[CHATTER];
  private AlarmState state = AlarmState.NORMAL;
  private boolean active;
  private boolean condition;
  private long conditionSinceNs;
  private long activeSinceNs;
  private long shelvedUntilNs;
  private @Nullable Instant shelvedUntil;
  private @Nullable Instant raisedAt;
  private io.deungdae.collector.signal.Label detail;
  private Instant since;
  private String by = "";
  private long count;

  Alarm(AlarmSignal signal, Instant now, long nowNs) {
    this.signal = signal;
    this.detail = signal.detail();
    this.since = now;
    this.conditionSinceNs = nowNs;
  }

  AlarmState state() {
    return state;
  }

  /** Looks at the condition. True when it was raised in this tick. */
  boolean tick(Instant now, long nowNs) {
    boolean raised = watch(now, nowNs);
    if (state == AlarmState.SHELVED && nowNs - shelvedUntilNs >= 0) {
      restore("", now);
    }
    if (signal.isSuppressed() && state != AlarmState.OUT_OF_SERVICE) {
      to(AlarmState.SUPPRESSED, now);
    } else if (!signal.isSuppressed() && state == AlarmState.SUPPRESSED) {
      restore("", now);
    }
    return raised;
  }

  private boolean watch(Instant now, long nowNs) {
    boolean holds = signal.isRaised();
    if (holds != condition) {
      condition = holds;
      conditionSinceNs = nowNs;
    }
    var definition = signal.definition();
    long delayNs = (holds ? definition.onDelay() : definition.offDelay()).toNanos();
    if (holds == active || nowNs - conditionSinceNs < delayNs) {
      return false;
    }
    active = holds;
    if (holds) {
      raise(now, nowNs);
    } else {
      lower(now);
    }
    return holds;
  }

  private void raise(Instant now, long nowNs) {
    detail = signal.detail();
    raisedAt = now;
    activeSinceNs = nowNs;
    lastRaisesNs[(int) (count % CHATTER)] = nowNs;
    count++;
    if (state == AlarmState.NORMAL || state == AlarmState.RETURNED) {
      by = "";
      to(AlarmState.UNACKNOWLEDGED, now);
    }
  }

  private void lower(Instant now) {
    if (state == AlarmState.UNACKNOWLEDGED) {
      to(AlarmState.RETURNED, now);
    } else if (state == AlarmState.ACKNOWLEDGED) {
      to(AlarmState.NORMAL, now);
    }
  }

  void act(AlarmAction action, Instant now, long nowNs) {
    if (action instanceof AlarmAction.Acknowledge) {
      acknowledge(action.who(), now);
    } else if (action instanceof AlarmAction.Shelve shelve) {
      shelvedUntilNs = nowNs + shelve.period().toNanos();
      shelvedUntil = now.plus(shelve.period());
      by = shelve.who();
      to(AlarmState.SHELVED, now);
    } else if (action instanceof AlarmAction.TakeOutOfService) {
      by = action.who();
      to(AlarmState.OUT_OF_SERVICE, now);
    } else if (action instanceof AlarmAction.Restore) {
      restore(action.who(), now);
    } else {
      throw new AssertionError(action);
    }
  }

  private void acknowledge(String who, Instant now) {
    if (state == AlarmState.UNACKNOWLEDGED) {
      by = who;
      to(AlarmState.ACKNOWLEDGED, now);
    } else if (state == AlarmState.RETURNED) {
      by = who;
      to(AlarmState.NORMAL, now);
    }
  }

  private void restore(String who, Instant now) {
    boolean aside =
        state == AlarmState.SHELVED
            || state == AlarmState.OUT_OF_SERVICE
            || state == AlarmState.SUPPRESSED;
    if (aside) {
      shelvedUntil = null;
      by = who;
      to(active ? AlarmState.UNACKNOWLEDGED : AlarmState.NORMAL, now);
    }
  }

  private void to(AlarmState next, Instant now) {
    if (next != state) {
      state = next;
      since = now;
    }
  }

  boolean chatters(long nowNs) {
    if (count < CHATTER) {
      return false;
    }
    long newestNs = lastRaisesNs[(int) ((count - 1) % CHATTER)];
    long oldestNs = lastRaisesNs[(int) (count % CHATTER)];
    return newestNs - oldestNs < MINUTE_NS && nowNs - newestNs < 10 * MINUTE_NS;
  }

  boolean stands(long nowNs) {
    return active && nowNs - activeSinceNs > DAY_NS;
  }

  AlarmView view() {
    AlarmDefinition definition = signal.definition();
    return new AlarmView(
        definition.id(),
        definition.source(),
        definition.priority(),
        state,
        active,
        definition.title(),
        detail,
        definition.action(),
        raisedAt,
        since,
        by,
        shelvedUntil,
        count);
  }
}
