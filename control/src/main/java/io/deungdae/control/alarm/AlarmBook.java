package io.deungdae.control.alarm;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All alarms. Any thread defines alarms, sets their conditions, asks for actions and reads
 * snapshots; the control thread ticks. Nothing waits.
 *
 * <p>Hand-off of actions: bounded; when it is full the action is refused to whoever asks.
 */
public final class AlarmBook {

  /** Longest time for which an alarm can be shelved. */
  public static final Duration LONGEST_SHELVING = Duration.ofHours(12);

  private static final int FLOOD = 10;
  private static final long WINDOW_NS = Duration.ofMinutes(10).toNanos();

  private final Map<String, AlarmSignal> signals = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<AlarmSignal> added = new ConcurrentLinkedQueue<>();
  private final ArrayBlockingQueue<AlarmAction> actions = new ArrayBlockingQueue<>(256);
  private final Consumer<AlarmEvent> listener;
  private volatile List<AlarmView> views = List.of();
  private volatile AlarmHealth health = new AlarmHealth(0, false, 0, 0);

  // ---- the control thread's own
  private final Map<String, Alarm> alarms = new LinkedHashMap<>();
  private final List<Alarm> inOrder = new ArrayList<>();
  private final long[] raisesNs = new long[64];
  private long raises;
  private long healthNs = Long.MIN_VALUE;

  /** An empty book; the listener is told of each change of state, on the control thread. */
  public AlarmBook(Consumer<AlarmEvent> listener) {
    this.listener = listener;
  }

  /** Adds an alarm, or finds the one that has its id already. */
  public AlarmSignal define(AlarmDefinition definition) {
    return signals.computeIfAbsent(
        definition.id(),
        id -> {
          AlarmSignal signal = new AlarmSignal(definition);
          added.add(signal);
          return signal;
        });
  }

  /**
   * Asks for what a person wants done; it is done in the next control cycle.
   *
   * @return false when there is no such alarm, or when too much is waiting
   */
  public boolean request(AlarmAction action) {
    return signals.containsKey(action.alarm()) && actions.offer(action);
  }

  /** All alarms, those that need attention first, by priority, newest first. */
  public List<AlarmView> all() {
    return views;
  }

  /** Those that need attention. */
  public List<AlarmView> open() {
    return views.stream().filter(view -> view.state().needsAttention()).toList();
  }

  /** How the alarms themselves are doing. */
  public AlarmHealth health() {
    return health;
  }

  /** Works out the states. Called by the control thread, each cycle. */
  public void tick(Instant now, long nowNs) {
    boolean changed = admit(now, nowNs);
    AlarmAction action = actions.poll();
    while (action != null) {
      changed |= act(action, now, nowNs);
      action = actions.poll();
    }
    for (int i = 0; i < inOrder.size(); i++) {
      changed |= tick(inOrder.get(i), now, nowNs);
    }
    if (changed) {
      views = inOrder.stream().map(Alarm::view).sorted(ORDER).toList();
    }
    measure(nowNs, changed);
  }

  private static final Comparator<AlarmView> ORDER =
      Comparator.comparing((AlarmView view) -> !view.state().needsAttention())
          .thenComparing(AlarmView::priority, Comparator.reverseOrder())
          .thenComparing(AlarmView::since, Comparator.reverseOrder())
          .thenComparing(AlarmView::id);

  private boolean admit(Instant now, long nowNs) {
    boolean any = false;
    AlarmSignal signal = added.poll();
    while (signal != null) {
      Alarm alarm = new Alarm(signal, now, nowNs);
      alarms.put(signal.definition().id(), alarm);
      inOrder.add(alarm);
      any = true;
      signal = added.poll();
    }
    return any;
  }

  private boolean act(AlarmAction action, Instant now, long nowNs) {
    @Nullable Alarm alarm = alarms.get(action.alarm());
    if (alarm == null) {
      return false;
    }
    AlarmState before = alarm.state();
    alarm.act(action, now, nowNs);
    return tell(alarm, before);
  }

  private boolean tick(Alarm alarm, Instant now, long nowNs) {
    AlarmState before = alarm.state();
    if (alarm.tick(now, nowNs)) {
      raisesNs[(int) (raises % raisesNs.length)] = nowNs;
      raises++;
    }
    return tell(alarm, before);
  }

  private boolean tell(Alarm alarm, AlarmState before) {
    if (alarm.state() == before) {
      return false;
    }
    listener.accept(new AlarmEvent(before, alarm.view()));
    return true;
  }

  private void measure(long nowNs, boolean changed) {
    if (!changed && healthNs != Long.MIN_VALUE && nowNs - healthNs < 1_000_000_000L) {
      return;
    }
    healthNs = nowNs;
    int recent = 0;
    for (int i = 0; i < Math.min(raises, raisesNs.length); i++) {
      recent += nowNs - raisesNs[i] < WINDOW_NS ? 1 : 0;
    }
    int chattering = 0;
    int standing = 0;
    for (int i = 0; i < inOrder.size(); i++) {
      chattering += inOrder.get(i).chatters(nowNs) ? 1 : 0;
      standing += inOrder.get(i).stands(nowNs) ? 1 : 0;
    }
    AlarmHealth now = health;
    if (now.raisedInTenMinutes() != recent
        || now.chattering() != chattering
        || now.standing() != standing) {
      health = new AlarmHealth(recent, recent > FLOOD, chattering, standing);
    }
  }
}
