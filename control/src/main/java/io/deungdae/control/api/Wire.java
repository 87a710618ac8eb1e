package io.deungdae.control.api;

import io.deungdae.collector.signal.Label;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire, as JSON; one record for each object. {@code src/main/web/src/api.ts}
 * mirrors them. Times are milliseconds since 1970 UTC, and -1 for none; a number that is not known
 * is null.
 */
public final class Wire {

  private Wire() {}

  /** An error, for any status of 400 and above. */
  public record Failure(String code, Label message) {}

  /** Who is logged in. */
  public record Me(String user, String role, boolean mustChangePassword) {}

  /** The gateway. */
  public record Site(
      String name,
      Label title,
      String version,
      boolean simulated,
      long startedMs,
      long nowMs,
      List<Named> units,
      List<Named> devices) {}

  /** A name with its title. */
  public record Named(String name, Label title) {}

  /**
   * The latest sample of a tag. {@code value} is a number, a boolean, a text or null; {@code
   * reason} says in the device's words why it is not good, where it said so.
   */
  public record TagValue(
      String tag,
      @Nullable Object value,
      String unit,
      String quality,
      int qualityCode,
      long sourceMs,
      long arrivalMs,
      long ageMs,
      @Nullable String reason) {

    /** A sample without a reason. */
    public TagValue(
        String tag,
        @Nullable Object value,
        String unit,
        String quality,
        int qualityCode,
        long sourceMs,
        long arrivalMs,
        long ageMs) {
      this(tag, value, unit, quality, qualityCode, sourceMs, arrivalMs, ageMs, null);
    }
  }

  /**
   * A tag, with its place in the plant (ISA-95, empty for none), its group (empty for none), what
   * may be written to it and its latest sample.
   */
  public record TagInfo(
      String name,
      String device,
      String kind,
      String unit,
      Label description,
      @Nullable Double low,
      @Nullable Double high,
      @Nullable Limits write,
      @Nullable TagValue latest,
      String path,
      String group) {

    /** A tag of no place and no group. */
    public TagInfo(
        String name,
        String device,
        String kind,
        String unit,
        Label description,
        @Nullable Double low,
        @Nullable Double high,
        @Nullable Limits write,
        @Nullable TagValue latest) {
      this(name, device, kind, unit, description, low, high, write, latest, "", "");
    }
  }

  /** What may be written to a tag. */
  public record Limits(
      double low,
      double high,
      double ratePerSecond,
      @Nullable Double movePerHour,
      long holdMs,
      @Nullable Double safe,
      double tolerance) {}

  /** A stretch of one tag, columns of equal length; null for a gap. */
  public record TrendData(
      String tag, String unit, List<Long> timesMs, List<@Nullable Double> values) {}

  /** A process unit: what it does now, and why. */
  public record UnitView(
      String name,
      Label title,
      String modeAsked,
      String modeInForce,
      Label modeReason,
      String phase,
      Label phaseReason,
      Handshake handshake,
      Insight insight,
      List<LoopView> loops,
      List<TagValue> disturbances,
      List<TagValue> measured,
      @Nullable String decision,
      Cycle cycle) {}

  /** The handshake with the PLC; null for what the PLC does not offer. */
  public record Handshake(
      boolean complete,
      @Nullable Boolean remote,
      @Nullable Boolean watchdogOk,
      boolean heartbeat,
      boolean interlock) {}

  /** What analytics thinks of a unit. */
  public record Insight(
      String state,
      double progress,
      String modelId,
      @Nullable Double score,
      @Nullable Double objective,
      @Nullable Double expectedObjective,
      String objectiveUnit,
      String direction,
      long atMs,
      @Nullable AnomalyView anomaly,
      @Nullable RemedyView remedy) {}

  /** An open anomaly. */
  public record AnomalyView(
      long sinceMs,
      long detectedMs,
      List<ContributionView> contributions,
      List<CauseView> causes) {}

  /** One tag's part in an anomaly. */
  public record ContributionView(
      String tag,
      String unit,
      double share,
      double deviation,
      @Nullable Double value,
      @Nullable Double expected) {}

  /** A candidate cause. */
  public record CauseView(String fault, Label title, double confidence, List<Label> evidence) {}

  /** A proposal of the optimiser. */
  public record RemedyView(
      String id,
      String fault,
      Label rationale,
      List<MoveView> moves,
      @Nullable Double before,
      @Nullable Double after,
      @Nullable Double sigma,
      List<String> activeConstraints,
      boolean insideTrainingRange) {}

  /** One setpoint to move. */
  public record MoveView(String tag, String unit, double from, double to) {}

  /**
   * One manipulated variable. {@code target} is where the decision in force wants it, null for
   * none.
   */
  public record LoopView(
      TagValue setpoint,
      @Nullable TagValue processValue,
      @Nullable TagValue output,
      Limits limits,
      @Nullable Double target,
      boolean held) {}

  /** How the control cycle runs. Times in microseconds. */
  public record Cycle(
      long periodMs,
      long count,
      long overruns,
      double jitterP50,
      double jitterP99,
      double durationP50,
      double durationP99) {}

  /** A decision, from why to effect. */
  public record DecisionView(
      String id,
      String unit,
      String kind,
      String state,
      String mode,
      String modelId,
      long startedMs,
      long endedMs,
      @Nullable AnomalyView anomaly,
      @Nullable RemedyView remedy,
      List<VerdictView> verdicts,
      List<WriteView> writes,
      List<StageView> stages,
      @Nullable EffectView effect,
      @Nullable String approvedBy,
      Label summary) {}

  /** A guard's word; {@code grounds} is what it has against the proposal, by name. */
  public record VerdictView(
      String verdict, String guard, Label reason, String grounds, long count) {}

  /** One write to a device. */
  public record WriteView(
      String tag,
      String unit,
      double requested,
      @Nullable Double readBack,
      String outcome,
      long atMs,
      @Nullable Double latencyMicros) {}

  /** When a stage was reached, and how long after the first. */
  public record StageView(String stage, long atMs, @Nullable Double sinceStartMs) {}

  /** What a decision changed, in the objective's unit. */
  public record EffectView(
      String fate,
      @Nullable Double before,
      @Nullable Double predicted,
      @Nullable Double after,
      @Nullable Double noAction,
      String unit) {}

  /** The card of a model set: what it was made of, and how good it was on data it had not seen. */
  public record ModelView(
      String id,
      String unit,
      long createdMs,
      long fromMs,
      long toMs,
      long rows,
      String dataSha256,
      String featureSpecHash,
      long seed,
      String gatewayVersion,
      String dl4jVersion,
      String jvmVersion,
      Map<String, Double> scores) {}

  /**
   * A device. {@code samplesPerSecond} is over the last ten seconds; {@code oldestMs} is the age of
   * the tag that was heard of least recently, -1 before the first; round trips are since start, in
   * microseconds, -1 for none; {@code failures} counts by kind.
   */
  public record DeviceView(
      String name,
      String protocol,
      String endpoint,
      boolean simulated,
      String state,
      long sinceMs,
      long samples,
      long badSamples,
      long requests,
      long errors,
      long reconnects,
      long overruns,
      long writes,
      long roundTripMicros,
      boolean heartbeat,
      @Nullable String lastError,
      double samplesPerSecond,
      long oldestMs,
      long roundTripP50Micros,
      long roundTripP99Micros,
      Map<String, Long> failures) {}

  /** What to read of a device by hand; every type that fits without {@code type}. */
  public record ReadRequest(String address, @Nullable String type, @Nullable Integer count) {}

  /** What was read: texts in columns, for people. */
  public record ReadingView(List<String> columns, List<List<String>> rows) {}

  /** What a device has; {@code all} is false when there is more. */
  public record BrowseView(List<FoundView> found, boolean all) {}

  /** Something that can be a tag, if {@code usable}. */
  public record FoundView(
      List<String> path,
      String address,
      String type,
      boolean usable,
      String unit,
      @Nullable Double low,
      @Nullable Double high,
      Label description,
      boolean writable) {}

  /**
   * A certificate that an OPC UA server has shown, or one of our own; {@code standing} is {@code
   * OWN}, {@code OWN_PREVIOUS}, {@code TRUSTED} or {@code REJECTED}.
   */
  public record CertificateView(
      String standing,
      String fingerprint,
      String subject,
      String issuer,
      long fromMs,
      long untilMs,
      long sinceMs,
      List<String> devices) {}

  /**
   * Asks for the settings to be read again: only told what would change with {@code dryRun}; with
   * {@code partial} what can be changed is changed even when something else cannot.
   */
  public record ReloadRequest(@Nullable Boolean dryRun, @Nullable Boolean partial) {}

  /**
   * What came of it. {@code outcome} is {@code UNCHANGED}, {@code MISTAKES} (nothing was changed;
   * {@code mistakes} has them all), {@code REFUSED} (nothing was changed; {@code refused} says
   * why), {@code PREVIEW} or {@code APPLIED}. {@code forwarders} are those added, removed or begun
   * anew, as {@code influx.NAME}. Hashes are of the settings in force before, and of the files.
   */
  public record ReloadAnswer(
      String outcome,
      List<String> mistakes,
      List<DeviceChangeView> devices,
      List<String> forwarders,
      List<RefusalView> refused,
      String oldHash,
      @Nullable String newHash) {}

  /**
   * Asks for a backup on the gateway's own disk. {@code since} is an earlier one whose unchanged
   * days are used again; {@code secrets} (default true) takes secrets, keys and accounts along.
   */
  public record BackupRequest(String to, @Nullable String since, @Nullable Boolean secrets) {}

  /**
   * The newest backup. {@code phase} is {@code NONE}, {@code RUNNING}, {@code DONE} or {@code
   * FAILED}; {@code done} of about {@code all} rows or files are dealt with in this {@code step}.
   */
  public record BackupView(
      String phase,
      String to,
      String step,
      long done,
      long all,
      long rows,
      int files,
      String error) {}

  /** A device that is {@code ADDED}, {@code REMOVED} or {@code CHANGED}. */
  public record DeviceChangeView(
      String device,
      String change,
      boolean settings,
      int tagsAdded,
      int tagsRemoved,
      int tagsChanged) {}

  /** What cannot be changed while the gateway runs. */
  public record RefusalView(String what, Label why) {}

  /** Where the data goes. */
  public record StorageView(
      long rows,
      long committed,
      long queue,
      long diskBytes,
      @Nullable Double commitMs,
      @Nullable String lastError,
      KeepView keep,
      List<ForwarderView> forwarders,
      @Nullable DeliveryView kamp) {}

  /**
   * What is kept of the history. {@code room} is {@code ENOUGH}, {@code LITTLE} (no roll-ups are
   * made), {@code SHORT} (the oldest days are deleted) or {@code NONE} (nothing is written).
   */
  public record KeepView(
      String room,
      long freeBytes,
      @Nullable Long oldestMs,
      long refused,
      long deleted,
      long rolledUp,
      long behind,
      boolean overSize,
      @Nullable String rollupError) {}

  /**
   * How long history is kept: {@code rules} in their order, the first that holds for a tag counts,
   * the last holds for the rest. Above {@code maxSizeGb} (0 for none) the oldest days are deleted
   * whatever their age; below {@code keepFreeMb} free on the disk nothing is written.
   */
  public record KeepRules(int maxSizeGb, int keepFreeMb, List<KeepRule> rules) {}

  /**
   * How long samples and roll-ups of some tags are kept, in milliseconds; 0 for good. {@code
   * groups} and {@code tags} say which; both are empty for the rest.
   */
  public record KeepRule(
      String name,
      List<String> groups,
      List<String> tags,
      long rawMs,
      long minutesMs,
      long hoursMs) {}

  /**
   * Something that was found damaged on disk: {@code lost} rows are missing between {@code fromMs}
   * and {@code toMs}, and {@code doubtful} rows are of minutes in which some row is not what was
   * stored; both times are 0 when no row is hurt. {@code aside} is where the damaged files were
   * put, empty when they stayed.
   */
  public record DamageView(
      long foundMs, String what, long fromMs, long toMs, long lost, long doubtful, String aside) {}

  /**
   * A forwarder. {@code lagSeconds} is the age of the oldest row that waits, {@code liveLagSeconds}
   * that of the newest row the receiver has while newer ones wait. {@code batchMs} is the mean time
   * of a batch. {@code deadLetters} are refused rows that can be sent again or dropped.
   */
  public record ForwarderView(
      String name,
      long sent,
      long refused,
      long failures,
      long bytes,
      long lagRows,
      double lagSeconds,
      long backlogRows,
      double liveLagSeconds,
      @Nullable Double batchMs,
      long deadLetters,
      long lostLetters,
      @Nullable String lastError) {}

  /** A row that a receiver refused; {@code value} as text. */
  public record RefusedView(
      long seq,
      String tag,
      String value,
      String quality,
      long atMs,
      long refusedMs,
      String reason) {}

  /** The last delivery of a data set. */
  public record DeliveryView(
      String dataset,
      long rows,
      long bytes,
      String sha256,
      long atMs,
      @Nullable String lastError,
      Map<String, Double> quality) {}

  /** An alarm: what is wrong, and what a person can do about it. */
  public record AlarmView(
      String id,
      String state,
      String priority,
      Label text,
      Label action,
      @Nullable String unit,
      long raisedMs,
      long clearedMs,
      @Nullable String acknowledgedBy) {}

  /** A request to write a setpoint. */
  public record SetpointRequest(String tag, double value, @Nullable String reason) {}

  /** The answer: what the guards said, and what the device did. */
  public record SetpointAnswer(
      String tag,
      double requested,
      String verdict,
      @Nullable String guard,
      Label reason,
      @Nullable String outcome,
      @Nullable Double written,
      @Nullable Double readBack,
      @Nullable Double latencyMicros) {}

  /**
   * Rows that can be read, of all tags or of one; and rows of all tags that were brought to disk
   * since the gateway started, whether they can be read yet or not.
   */
  public record SampleCount(long rows, long committedSinceStart) {}

  /** How many rows something was done with. */
  public record Count(long rows) {}

  /** What a question for history comes to, before it is asked. */
  public record HistoryPlan(List<String> tags, long fromMs, long toMs, long rows) {}

  /** The value of a tag at a time; {@code how} says where from, or why there is none. */
  public record HistoryValue(
      String tag, String time, @Nullable Object value, boolean known, String how) {}

  /**
   * Values of the past, at most some thousands at once. {@code finish} asks to wait until all that
   * came before and these are safe on disk.
   */
  public record PastRequest(List<PastRow> rows, @Nullable Boolean finish) {}

  /** A value of the past: one of the four, by the kind of its tag; {@code us} since 1970. */
  public record PastRow(
      String tag,
      long us,
      @Nullable Double number,
      @Nullable Long whole,
      @Nullable Boolean flag,
      @Nullable String text) {}

  /** What came of them. */
  public record PastAnswer(long stored, long known, long differing, List<PastRefusal> refusals) {}

  /** A value that was not taken, by its place from 0, and what would have been. */
  public record PastRefusal(int index, String expected) {}

  /** What the WebSocket pushes. */
  public record Live(
      String type,
      long nowMs,
      List<UnitView> units,
      List<DeviceView> devices,
      StorageView storage,
      List<AlarmView> alarms,
      List<TagValue> tags) {}
}
