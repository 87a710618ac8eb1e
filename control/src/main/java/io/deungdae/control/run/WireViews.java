package io.deungdae.control.run;

import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.signal.WritePolicy;
import io.deungdae.collector.store.Board;
import io.deungdae.control.alarm.AlarmView;
import io.deungdae.control.api.Wire;
import io.deungdae.control.decision.DecisionRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the rooms know into what goes over the wire. Numbers that are not known become null.
 */
final class WireViews {

  private static final Label EMPTY = new Label("", "");
  private static final double MICROS_PER_MILLI = 1000;

  private WireViews() {}

  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  static long millis(@Nullable Instant time) {
    return time == null ? -1 : time.toEpochMilli();
  }

  static Wire.TagValue value(Tag tag, Board board, long nowNs) {
    Sample sample = board.latest(tag);
    if (sample == null) {
      return new Wire.TagValue(tag.name(), null, tag.unit().symbol(), "NONE", -1, -1, -1, -1);
    }
    return new Wire.TagValue(
        tag.name(),
        plain(sample.value()),
        tag.unit().symbol(),
        sample.quality().name(),
        sample.quality().code(),
        sample.sourceTime().toEpochMilli(),
        sample.arrivalTime().toEpochMilli(),
        sample.ageNs(nowNs) / 1_000_000,
        reason(board.reasons().of(sample)));
  }

  private static @Nullable String reason(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Object plain(Value value) {
    if (value instanceof Value.Real real) {
      return number(real.number());
    }
    if (value instanceof Value.Whole whole) {
      return whole.number();
    }
    if (value instanceof Value.Flag flag) {
      return flag.on();
    }
    return value instanceof Value.Text text ? text.text() : null;
  }

  static Wire.TagInfo info(Tag tag, Board board, long nowNs) {
    Range range = tag.range();
    return new Wire.TagInfo(
        tag.name(),
        tag.device(),
        tag.kind().name(),
        tag.unit().symbol(),
        tag.description(),
        number(range.low()),
        number(range.high()),
        tag.writable() ? limits(tag.writePolicy()) : null,
        value(tag, board, nowNs),
        tag.path(),
        tag.group());
  }

  static Wire.Limits limits(WritePolicy policy) {
    return new Wire.Limits(
        policy.range().low(),
        policy.range().high(),
        policy.ratePerSecond(),
        number(policy.movePerHour()),
        policy.hold().toMillis(),
        number(policy.safeValue()),
        policy.tolerance());
  }

  static Wire.AnomalyView anomaly(Judgement.Anomaly anomaly) {
    return new Wire.AnomalyView(
        millis(anomaly.since()),
        millis(anomaly.detectedAt()),
        anomaly.contributions().stream()
            .map(
                c ->
                    new Wire.ContributionView(
                        c.tag().name(),
                        c.tag().unit().symbol(),
                        c.share(),
                        c.deviation(),
                        number(c.value()),
                        number(c.expected())))
            .toList(),
        anomaly.causes().stream()
            .map(c -> new Wire.CauseView(c.fault(), c.title(), c.confidence(), c.evidence()))
            .toList());
  }

  static Wire.RemedyView remedy(Remedy remedy) {
    return new Wire.RemedyView(
        remedy.id(),
        remedy.fault(),
        remedy.rationale(),
        remedy.moves().stream()
            .map(m -> new Wire.MoveView(m.tag().name(), m.tag().unit().symbol(), m.from(), m.to()))
            .toList(),
        number(remedy.before()),
        number(remedy.after()),
        number(remedy.sigma()),
        remedy.activeConstraints(),
        remedy.insideTrainingRange());
  }

  static Wire.DecisionView decision(DecisionRecord record) {
    DecisionRecord.Plan plan = record.plan();
    return new Wire.DecisionView(
        record.id(),
        record.unit(),
        record.evidence() == null ? "OPTIMISE" : "REMEDY",
        record.fate() == null ? record.stage().name() : record.fate().name(),
        record.mode().name(),
        record.modelId(),
        millis(record.openedAt()),
        millis(record.closedAt()),
        record.evidence() == null ? null : evidence(record.evidence()),
        plan == null ? null : plan(plan),
        record.verdicts().stream()
            .map(
                v ->
                    new Wire.VerdictView(
                        v.refused() ? "REFUSED" : "LIMITED",
                        v.guard(),
                        v.text(),
                        v.grounds(),
                        v.count()))
            .toList(),
        record.writes().stream().map(w -> write(w, plan)).toList(),
        record.timeline().stream()
            .map(
                p ->
                    new Wire.StageView(
                        p.milestone().name(),
                        millis(p.at()),
                        p.sinceDetectedMicros() / MICROS_PER_MILLI))
            .toList(),
        effect(record),
        record.approvedBy().isEmpty() ? null : record.approvedBy(),
        summary(record));
  }

  private static Wire.AnomalyView evidence(DecisionRecord.Evidence evidence) {
    return new Wire.AnomalyView(
        millis(evidence.since()),
        millis(evidence.detectedAt()),
        evidence.contributions().stream()
            .map(
                c ->
                    new Wire.ContributionView(
                        c.tag(),
                        c.unit(),
                        c.share(),
                        c.deviation(),
                        number(c.value()),
                        number(c.expected())))
            .toList(),
        evidence.causes().stream()
            .map(c -> new Wire.CauseView(c.fault(), c.title(), c.confidence(), c.evidence()))
            .toList());
  }

  private static Wire.RemedyView plan(DecisionRecord.Plan plan) {
    return new Wire.RemedyView(
        plan.remedyId(),
        plan.fault(),
        plan.rationale(),
        plan.moves().stream()
            .map(m -> new Wire.MoveView(m.tag(), m.unit(), m.from(), m.to()))
            .toList(),
        number(plan.noAction()),
        number(plan.after()),
        number(plan.sigma()),
        plan.activeConstraints(),
        plan.insideTrainingRange());
  }

  private static Wire.WriteView write(
      DecisionRecord.WriteNote note, DecisionRecord.@Nullable Plan plan) {
    String unit =
        plan == null
            ? ""
            : plan.moves().stream()
                .filter(m -> m.tag().equals(note.tag()))
                .map(DecisionRecord.Move::unit)
                .findFirst()
                .orElse("");
    return new Wire.WriteView(
        note.tag(),
        unit,
        note.written(),
        number(note.readBack()),
        note.outcome().toUpperCase(java.util.Locale.ROOT),
        millis(note.at()),
        note.latencyMicros() < 0 ? null : (double) note.latencyMicros());
  }

  private static Wire.@Nullable EffectView effect(DecisionRecord record) {
    DecisionRecord.EffectNote effect = record.effect();
    if (effect == null) {
      return null;
    }
    return new Wire.EffectView(
        record.fate() == null ? "OPEN" : record.fate().name(),
        number(effect.before()),
        number(effect.predicted()),
        number(effect.after()),
        number(effect.noAction()),
        effect.unit());
  }

  private static Label summary(DecisionRecord record) {
    Label cause =
        record.evidence() == null || record.evidence().causes().isEmpty()
            ? EMPTY
            : record.evidence().causes().get(0).title();
    Label closing = record.closing();
    return new Label(join(cause.en(), closing.en()), join(cause.ko(), closing.ko()));
  }

  private static String join(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + ": " + second;
  }

  static Wire.AlarmView alarm(AlarmView alarm) {
    Label text =
        new Label(
            join(alarm.title().en(), alarm.detail().en()),
            join(alarm.title().ko(), alarm.detail().ko()));
    return new Wire.AlarmView(
        alarm.id(),
        alarm.state().name(),
        alarm.priority().name(),
        text,
        alarm.action(),
        alarm.source(),
        millis(alarm.raisedAt()),
        alarm.active() ? -1 : millis(alarm.since()),
        alarm.by().isEmpty() ? null : alarm.by());
  }

  static List<Wire.TagValue> values(
      List<Tag> tags, java.util.function.Function<Tag, Wire.TagValue> value) {
    return tags.stream().map(value).toList();
  }
}
