package io.deungdae.control.decision;

import io.deungdae.control.decision.DecisionRecord.VerdictNote;
import io.deungdae.control.guard.Grounds;
import io.deungdae.control.guard.GuardChain;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The first objection of each kind, and how many there were. Used by the control thread. */
final class VerdictTally {

  private static final class Kind {
    private final Reason reason;
    private final boolean refused;
    private final Instant first;
    private int count;

    Kind(Reason reason, boolean refused, Instant first) {
      this.reason = reason;
      this.refused = refused;
      this.first = first;
    }

    VerdictNote note() {
      Grounds grounds = reason.grounds();
      return new VerdictNote(
          grounds.guard(), grounds.name(), refused, reason.label(), first, count);
    }
  }

  private final Map<Grounds, Kind> kinds = new EnumMap<>(Grounds.class);

  /** Counts it; true when it is the first of its kind. */
  boolean note(Verdict verdict, Instant now) {
    Reason reason = GuardChain.reasonOf(verdict);
    if (reason == null) {
      return false;
    }
    Kind kind = kinds.get(reason.grounds());
    boolean first = kind == null;
    if (kind == null) {
      kind = new Kind(reason, verdict instanceof Verdict.Refused, now);
      kinds.put(reason.grounds(), kind);
    }
    kind.count++;
    return first;
  }

  List<VerdictNote> notes() {
    return kinds.values().stream().map(Kind::note).toList();
  }
}
