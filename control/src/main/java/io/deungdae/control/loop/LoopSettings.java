package io.deungdae.control.loop;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.control.decision.Verification;
import io.deungdae.control.guard.Interlock;
import io.deungdae.control.guard.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loop of one process unit.
 *
 * @param period time between two control cycles
 * @param mode the mode asked for when the gateway starts
 * @param handshake how the gateway and the PLC shake hands; null when they cannot, and then nothing
 *     is ever written
 * @param interlocks conditions for moving
 * @param inputs inputs that are needed
 * @param moves how setpoints are moved
 * @param model what is asked of the judgements
 * @param verification how effects are judged
 */
public record LoopSettings(
    Duration period,
    Mode mode,
    @Nullable HandshakeSettings handshake,
    List<Interlock> interlocks,
    InputSettings inputs,
    MoveSettings moves,
    ModelSettings model,
    Verification verification) {

  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  public LoopSettings {
    interlocks = List.copyOf(interlocks);
  }

  /** Reads the section {@code loop} of a unit and reports its unknown keys. */
  public static LoopSettings read(Section section, TagTable tags) {
    TagNames names = new TagNames(tags);
    LoopSettings settings =
        new LoopSettings(
            section.duration(
                "period", Duration.ofMillis(200), Duration.ofMillis(10), Duration.ofMinutes(1)),
            section.choice("mode", Mode.OBSERVE),
            section.optionalSection("handshake").map(s -> handshake(s, names)).orElse(null),
            interlocks(section, names),
            inputs(section.section("inputs"), names),
            moves(section.section("moves")),
            model(section.section("model")),
            Verification.read(section.section("verification")));
    section.done();
    return settings;
  }

  private static @Nullable HandshakeSettings handshake(Section section, TagNames names) {
    Tag remote = names.readable(section, "remote");
    Tag watchdog = names.readable(section, "watchdog");
    Tag heartbeat = names.writable(section, "heartbeat");
    Duration lease = section.duration("lease", Duration.ofSeconds(2), Duration.ofMillis(100), HOUR);
    Duration stable = section.duration("stable", Duration.ofSeconds(2), Duration.ZERO, HOUR);
    boolean resume = section.flag("resume", false);
    section.done();
    return remote == null || watchdog == null || heartbeat == null
        ? null
        : new HandshakeSettings(remote, watchdog, heartbeat, lease, stable, resume);
  }

  private static List<Interlock> interlocks(Section section, TagNames names) {
    List<Interlock> interlocks = new ArrayList<>();
    for (Section entry : section.sections("interlocks")) {
      Tag tag = names.readable(entry, "tag");
      double equals = entry.number("equals", -1e12, 1e12);
      entry.done();
      if (tag != null) {
        interlocks.add(new Interlock(tag, equals));
      }
    }
    return interlocks;
  }

  private static InputSettings inputs(Section section, TagNames names) {
    InputSettings inputs =
        new InputSettings(
            names.list(section, "needed"),
            names.list(section, "restless"),
            section.duration("maxAge", Duration.ofSeconds(5), MS, HOUR),
            section.duration("frozenAfter", Duration.ofMinutes(2), SECOND, DAY),
            section.duration("shedAfter", Duration.ofSeconds(30), Duration.ZERO, DAY));
    section.done();
    return inputs;
  }

  private static MoveSettings moves(Section section) {
    MoveSettings moves =
        new MoveSettings(
            section.duration("interval", SECOND, Duration.ofMillis(10), HOUR),
            section.duration("deadline", SECOND, Duration.ofMillis(10), Duration.ofMinutes(1)),
            section.duration("timeout", Duration.ofMinutes(30), SECOND, DAY),
            section.duration("patience", Duration.ofSeconds(10), Duration.ZERO, DAY),
            section.duration("approvalExpires", Duration.ofMinutes(15), SECOND, DAY),
            section.integer("attempts", 3, 1, 100),
            section.number("overrideTolerance", 0.001, 0, 1),
            section.duration("overrideAfter", Duration.ofSeconds(2), Duration.ZERO, HOUR),
            section.integer("rollbacks", 1, 1, 100));
    section.done();
    return moves;
  }

  private static ModelSettings model(Section section) {
    ModelSettings model =
        new ModelSettings(
            section.duration("maxAge", Duration.ofSeconds(30), MS, HOUR),
            section.duration("demoteAfter", Duration.ofSeconds(30), Duration.ZERO, HOUR),
            section.duration("readyFor", Duration.ZERO, Duration.ZERO, Duration.ofDays(365)));
    section.done();
    return model;
  }
}
