package io.deungdae.control.run;

import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.agent.AnalyticsAgent;
import io.deungdae.analytics.registry.ModelCard;
import io.deungdae.analytics.registry.ModelRefusedException;
import io.deungdae.analytics.registry.ModelRegistry;
import io.deungdae.collector.driver.DeviceCounters;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.DeviceStatus;
import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderStatus;
import io.deungdae.collector.forward.RefusedRow;
import io.deungdae.collector.past.PastIntake;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.HistorianStatus;
import io.deungdae.collector.store.Keep;
import io.deungdae.collector.store.KeepAges;
import io.deungdae.collector.store.KeepClass;
import io.deungdae.collector.store.KeepStatus;
import io.deungdae.collector.store.StoredSample;
import io.deungdae.collector.store.Trend;
import io.deungdae.control.alarm.AlarmAction;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.api.ApiException;
import io.deungdae.control.api.Gateway;
import io.deungdae.control.api.Identity;
import io.deungdae.control.api.Role;
import io.deungdae.control.api.Wire;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.audit.AuditLog;
import io.deungdae.control.backup.Backup;
import io.deungdae.control.backup.BackupJobs;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Proposal;
import io.deungdae.control.loop.Answer;
import io.deungdae.control.loop.ControlLoop;
import io.deungdae.control.loop.CycleStats;
import io.deungdae.control.loop.HandshakeSettings;
import io.deungdae.control.loop.LoopRunner;
import io.deungdae.control.loop.OperatorProposal;
import io.deungdae.control.loop.Reply;
import io.deungdae.control.loop.SetpointAnswer;
import io.deungdae.control.loop.UnitStatus;
import io.deungdae.control.site.SiteSettings;
import io.deungdae.control.site.UnitSettings;
import io.deungdae.kamp.KampAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the interface sees of the running gateway. Snapshots in, wire records out; requests go to
 * the loop. Thread-safe.
 */
final class GatewayView implements Gateway {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** How long a heartbeat tag or flag may be old to be shown as it is. */
  private static final Label NO_LOOP =
      new Label("This unit has nothing to move.", "이 설비에는 제어할 설정값이 없습니다.");

  /** What the view looks at. */
  record Sources(
      InForce inForce,
      Reload reload,
      String version,
      Clock clock,
      Board board,
      Historian historian,
      Devices devices,
      Map<String, AnalyticsAgent> analytics,
      ControlLoop loop,
      LoopRunner runner,
      DecisionBook decisions,
      AlarmBook alarms,
      Forwarders forwarders,
      @Nullable KampAgent kamp,
      ModelRegistry registry,
      AuditLog audit,
      BackupJobs backups,
      Metrics metrics) {

    SiteSettings settings() {
      return inForce.settings();
    }
  }

  private final Sources s;
  private final Commissioning commissioning;
  private final HistoryDesk history;
  private final PastSink past;
  private final Instant started;

  GatewayView(Sources sources) {
    this.s = sources;
    this.commissioning = new Commissioning(sources.clock());
    this.history = new HistoryDesk(sources.historian(), () -> sources.settings().tags());
    this.past =
        new PastIntake(
            sources.historian(),
            () -> sources.settings().tags(),
            tag -> sources.settings().historian().kept(tag),
            sources.clock());
    this.started = sources.clock().now();
  }

  // ---- looking

  @Override
  public Wire.Site site() {
    return new Wire.Site(
        s.settings().name(),
        s.settings().title(),
        s.version(),
        s.settings().simulated(),
        started.toEpochMilli(),
        s.clock().now().toEpochMilli(),
        s.settings().units().stream()
            .map(u -> new Wire.Named(u.unit().name(), u.unit().title()))
            .toList(),
        s.settings().devices().stream()
            .map(d -> new Wire.Named(d.name(), Label.of(d.name())))
            .toList());
  }

  @Override
  public List<Wire.UnitView> units() {
    return s.settings().units().stream().map(this::unit).toList();
  }

  private Wire.UnitView unit(UnitSettings settings) {
    PlantUnit unit = settings.unit();
    Optional<UnitStatus> status = s.loop().status(unit.name());
    return new Wire.UnitView(
        unit.name(),
        unit.title(),
        status.map(u -> u.asked().name()).orElse("OBSERVE"),
        status.map(u -> u.inForce().name()).orElse("OBSERVE"),
        status.map(UnitStatus::why).orElse(NO_LOOP),
        status.map(u -> u.engagement().name()).orElse(Engagement.STANDBY.name()),
        status.map(UnitStatus::engagementWhy).orElse(NO_LOOP),
        handshake(settings, status),
        insight(unit),
        loops(unit, status),
        unit.disturbances().stream().map(this::value).toList(),
        unit.measured().stream().map(this::value).toList(),
        status.map(UnitStatus::decision).filter(id -> !id.isEmpty()).orElse(null),
        cycle(settings));
  }

  private Wire.Handshake handshake(UnitSettings settings, Optional<UnitStatus> status) {
    HandshakeSettings handshake = settings.loop().handshake();
    boolean complete =
        status
            .map(UnitStatus::engagement)
            .filter(e -> e == Engagement.IN_FORCE || e == Engagement.HOLDING)
            .isPresent();
    boolean tripped =
        settings.loop().interlocks().stream()
            .anyMatch(interlock -> Math.abs(number(interlock.tag()) - interlock.equals()) > 1e-9);
    if (handshake == null) {
      return new Wire.Handshake(complete, null, null, false, tripped);
    }
    boolean beats =
        s.devices()
            .agent(handshake.heartbeat().device())
            .filter(device -> device.status().heartbeat())
            .isPresent();
    return new Wire.Handshake(
        complete, flag(handshake.remote()), flag(handshake.watchdog()), beats, tripped);
  }

  private @Nullable Boolean flag(Tag tag) {
    double value = number(tag);
    return Double.isNaN(value) ? null : value != 0;
  }

  private double number(Tag tag) {
    var sample = s.board().latest(tag);
    return sample == null || sample.quality().isBad() ? Double.NaN : sample.asDouble();
  }

  private Wire.Insight insight(PlantUnit unit) {
    String objectiveUnit = unit.objective().unit().symbol();
    String direction = unit.objective().direction().name();
    AnalyticsAgent agent = s.analytics().get(unit.name());
    Judgement j = agent == null ? null : agent.judgements().latest();
    if (j == null) {
      return new Wire.Insight(
          "LEARNING", 0, "", null, null, null, objectiveUnit, direction, -1, null, null);
    }
    return new Wire.Insight(
        j.state().name(),
        j.progress(),
        j.modelId(),
        WireViews.number(j.score()),
        WireViews.number(j.objective()),
        WireViews.number(j.expectedObjective()),
        objectiveUnit,
        direction,
        j.at().toEpochMilli(),
        j.anomaly() == null ? null : WireViews.anomaly(j.anomaly()),
        j.remedy() == null ? null : WireViews.remedy(j.remedy()));
  }

  private List<Wire.LoopView> loops(PlantUnit unit, Optional<UnitStatus> status) {
    List<Wire.LoopView> loops = new ArrayList<>();
    for (PlantUnit.Manipulated mv : unit.manipulated()) {
      Optional<UnitStatus.Variable> variable =
          status.flatMap(
              u ->
                  u.variables().stream()
                      .filter(v -> v.tag().equals(mv.setpoint().name()))
                      .findFirst());
      loops.add(
          new Wire.LoopView(
              value(mv.setpoint()),
              mv.processValue() == null ? null : value(mv.processValue()),
              mv.output() == null ? null : value(mv.output()),
              WireViews.limits(mv.setpoint().writePolicy()),
              variable.map(UnitStatus.Variable::target).map(WireViews::number).orElse(null),
              variable.map(UnitStatus.Variable::held).orElse(false)));
    }
    return loops;
  }

  private Wire.Cycle cycle(UnitSettings settings) {
    CycleStats stats = s.runner().stats();
    return new Wire.Cycle(
        settings.loop().period().toMillis(),
        stats.cycles(),
        stats.overruns(),
        stats.jitterP50(),
        stats.jitterP99(),
        stats.durationP50(),
        stats.durationP99());
  }

  private Wire.TagValue value(Tag tag) {
    return WireViews.value(tag, s.board(), s.clock().nanoTime());
  }

  @Override
  public Optional<Wire.ModelView> model(String unit) {
    AnalyticsAgent agent = s.analytics().get(unit);
    Judgement judgement = agent == null ? null : agent.judgements().latest();
    if (judgement == null || judgement.modelId().isEmpty()) {
      return Optional.empty();
    }
    try {
      ModelCard card = s.registry().card(judgement.modelId());
      return Optional.of(
          new Wire.ModelView(
              judgement.modelId(),
              card.unit(),
              card.created().toEpochMilli(),
              card.from().toEpochMilli(),
              card.to().toEpochMilli(),
              card.rows(),
              card.dataSha256(),
              card.featureSpecHash(),
              card.seed(),
              card.gatewayVersion(),
              card.dl4jVersion(),
              card.jvmVersion(),
              card.scores()));
    } catch (ModelRefusedException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Wire.DeviceView> devices() {
    return s.devices().all().stream().map(this::device).toList();
  }

  private Wire.DeviceView device(Devices.Running running) {
    DeviceStatus d = running.agent().status();
    DeviceCounters counters = running.agent().counters();
    return new Wire.DeviceView(
        d.device(),
        d.protocol(),
        d.endpoint(),
        d.simulated(),
        d.state().name(),
        d.since().toEpochMilli(),
        d.samples(),
        d.badSamples(),
        d.requests(),
        d.errors(),
        d.reconnects(),
        d.overruns(),
        d.writes(),
        d.roundTripMicros(),
        d.heartbeat(),
        d.lastError(),
        running.rate().perSecond(),
        Ages.oldestMs(running.settings().tags(), s.board(), s.clock().nanoTime()),
        counters.roundTrips().percentileMicros(0.5),
        counters.roundTrips().percentileMicros(0.99),
        failures(counters));
  }

  private static Map<String, Long> failures(DeviceCounters counters) {
    Map<String, Long> failures = new LinkedHashMap<>();
    for (DeviceCounters.Failure kind : DeviceCounters.Failure.values()) {
      failures.put(kind.name(), counters.failures(kind));
    }
    return failures;
  }

  @Override
  public Optional<Wire.ReadingView> read(String device, Wire.ReadRequest request)
      throws DeviceException {
    Optional<DeviceSettings> found = find(s.settings().devices(), device);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(commissioning.read(found.get(), request));
  }

  @Override
  public Optional<Wire.BrowseView> browse(String device, String from, int most)
      throws DeviceException {
    Optional<DeviceSettings> found = find(s.settings().devices(), device);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(commissioning.browse(found.get(), from, most));
  }

  @Override
  public Optional<String> browseAsTags(String device, String from, int most)
      throws DeviceException {
    Optional<DeviceSettings> found = find(s.settings().devices(), device);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(commissioning.browseAsTags(found.get(), from, most));
  }

  @Override
  public List<Wire.CertificateView> certificates() throws IOException {
    return Certificates.all(s.settings().devices());
  }

  @Override
  public boolean judgeCertificate(String fingerprint, boolean trust, Identity who)
      throws IOException {
    boolean done = Certificates.judge(s.settings().devices(), fingerprint, trust);
    if (done) {
      s.audit()
          .record(
              AuditEvent.of(s.clock().now(), AuditKind.ACCESS, who.name(), "")
                  .with("event", trust ? "certificate-trusted" : "certificate-rejected")
                  .with("fingerprint", fingerprint));
    }
    return done;
  }

  private static Optional<DeviceSettings> find(List<DeviceSettings> devices, String name) {
    return devices.stream().filter(device -> device.name().equals(name)).findFirst();
  }

  @Override
  public Wire.StorageView storage() {
    HistorianStatus h = s.historian().status();
    Instant now = s.clock().now();
    return new Wire.StorageView(
        h.lastSeq(),
        h.lastSeq() - h.unread(),
        h.waiting(),
        h.diskBytes(),
        h.lastCommit().toNanos() / 1e6,
        h.isWell() ? null : h.error(),
        keep(h),
        s.forwarders().all().stream().map(f -> forwarder(f.status(now))).toList(),
        s.kamp() == null ? null : KampViews.delivery(s.kamp().status()));
  }

  private static Wire.KeepView keep(HistorianStatus h) {
    KeepStatus keep = h.keep();
    return new Wire.KeepView(
        keep.room().name(),
        h.freeBytes(),
        keep.oldestMs() < 0 ? null : keep.oldestMs(),
        keep.refused(),
        keep.deleted(),
        keep.rolledUp(),
        keep.behind(),
        keep.overSize(),
        keep.rollupError().isEmpty() ? null : keep.rollupError());
  }

  private static Wire.ForwarderView forwarder(ForwarderStatus f) {
    return new Wire.ForwarderView(
        f.name(),
        f.sent(),
        f.refused(),
        f.failures(),
        f.bytes(),
        f.lagRows(),
        f.lag().toMillis() / 1000.0,
        f.backlogRows(),
        f.liveLag().toMillis() / 1000.0,
        f.batches() == 0 ? null : f.sending().toNanos() / 1e6 / f.batches(),
        f.deadLetters(),
        f.lostLetters(),
        f.isWell() ? null : f.error());
  }

  @Override
  public Optional<List<Wire.RefusedView>> refused(String forwarder, int most) throws IOException {
    Optional<Forwarder> found = s.forwarders().find(forwarder);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(found.get().refusedRows(most).stream().map(GatewayView::refused).toList());
  }

  private static Wire.RefusedView refused(RefusedRow refused) {
    StoredSample row = refused.row().row();
    return new Wire.RefusedView(
        row.seq(),
        row.tag(),
        row.value().kind() == Kind.TEXT
            ? ((Value.Text) row.value()).text()
            : row.value() instanceof Value.Whole whole
                ? Long.toString(whole.number())
                : Double.toString(row.value().asDouble()),
        row.quality().name(),
        row.sourceTime().toEpochMilli(),
        refused.at().toEpochMilli(),
        refused.reason());
  }

  @Override
  public Optional<Wire.Count> dealWithRefused(String forwarder, Refused what, Identity who)
      throws IOException {
    Optional<Forwarder> found = s.forwarders().find(forwarder);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    long rows = what == Refused.RESEND ? found.get().resendRefused() : found.get().dropRefused();
    s.audit()
        .record(
            AuditEvent.of(s.clock().now(), AuditKind.REQUEST, who.name(), "")
                .with("event", "refused-rows-" + what.name().toLowerCase(Locale.ROOT))
                .with("forwarder", forwarder)
                .with("rows", Long.toString(rows)));
    return Optional.of(new Wire.Count(rows));
  }

  @Override
  public List<Wire.TagInfo> tags(String prefix) {
    long nowNs = s.clock().nanoTime();
    return s.settings().tags().all().stream()
        .filter(tag -> tag.name().startsWith(prefix))
        .map(tag -> WireViews.info(tag, s.board(), nowNs))
        .toList();
  }

  @Override
  public Optional<Wire.TagInfo> tag(String name) {
    return find(name).map(tag -> WireViews.info(tag, s.board(), s.clock().nanoTime()));
  }

  private Optional<Tag> find(String name) {
    return s.settings().tags().find(name);
  }

  @Override
  public List<Wire.TagValue> latest(List<String> names) {
    return names.stream().map(this::find).flatMap(Optional::stream).map(this::value).toList();
  }

  @Override
  public Optional<Wire.TrendData> trend(String name, Instant from, Instant to, int points) {
    return find(name).map(tag -> trend(tag, s.historian().trend(tag, from, to, points)));
  }

  private static Wire.TrendData trend(Tag tag, Trend trend) {
    List<Long> times = new ArrayList<>(trend.size());
    Arrays.stream(trend.timesMs()).forEach(times::add);
    List<@Nullable Double> values = new ArrayList<>(trend.size());
    Arrays.stream(trend.values()).forEach(value -> values.add(WireViews.number(value)));
    return new Wire.TrendData(tag.name(), tag.unit().symbol(), times, values);
  }

  @Override
  public Optional<Wire.SampleCount> count(@Nullable String name) {
    if (name == null) {
      return Optional.of(
          new Wire.SampleCount(s.historian().count(), s.historian().committedTicket()));
    }
    return find(name)
        .map(
            tag -> new Wire.SampleCount(s.historian().count(tag), s.historian().committedTicket()));
  }

  @Override
  public HistoryDesk history() {
    return history;
  }

  @Override
  public PastSink past() {
    return past;
  }

  @Override
  public List<Wire.DecisionView> decisions(int limit) {
    return s.decisions().all().stream()
        .sorted(
            Comparator.comparing(io.deungdae.control.decision.DecisionRecord::openedAt).reversed())
        .limit(limit)
        .map(WireViews::decision)
        .toList();
  }

  @Override
  public Optional<Wire.DecisionView> decision(String id) {
    return s.decisions().find(id).map(WireViews::decision);
  }

  @Override
  public List<Wire.AlarmView> alarms() {
    return s.alarms().open().stream().map(WireViews::alarm).toList();
  }

  @Override
  public String metrics() {
    return s.metrics().scrape();
  }

  // ---- asking

  @Override
  public boolean acknowledge(String alarm, Identity who) {
    return s.alarms().request(new AlarmAction.Acknowledge(alarm, who.name()));
  }

  @Override
  public Wire.SetpointAnswer propose(Wire.SetpointRequest request, Identity who) {
    Tag tag = find(request.tag()).orElseThrow();
    Proposal.Source source =
        who.name().startsWith("token:") ? Proposal.Source.API : Proposal.Source.OPERATOR;
    String reason = request.reason() == null ? "" : request.reason();
    Optional<SetpointAnswer> answer =
        s.loop()
            .submit(new OperatorProposal(source, who.name(), tag, request.value(), reason))
            .await(PATIENCE);
    return answer.map(a -> answer(tag, a)).orElseGet(() -> underWay(tag, request.value()));
  }

  private static Wire.SetpointAnswer answer(Tag tag, SetpointAnswer a) {
    String verdict =
        switch (a.status()) {
          case ARRIVED -> "ALLOWED";
          case LIMITED -> "LIMITED";
          case REFUSED -> "REFUSED";
          case FAILED, SUPERSEDED, BUSY -> a.status().name();
        };
    boolean wrote = !Double.isNaN(a.reached());
    return new Wire.SetpointAnswer(
        tag.name(),
        a.requested(),
        verdict,
        a.guard().isEmpty() ? null : a.guard(),
        a.why(),
        wrote ? "CONFIRMED" : null,
        WireViews.number(a.reached()),
        WireViews.number(a.reached()),
        wrote ? (double) a.latencyMicros() : null);
  }

  private static Wire.SetpointAnswer underWay(Tag tag, double requested) {
    Label text =
        new Label(
            "It is on its way; the rate limit wants more time. Follow it in the trend.",
            "변화율 제한 때문에 아직 이동 중입니다. 추세에서 확인해 주십시오.");
    return new Wire.SetpointAnswer(
        tag.name(), requested, "ALLOWED", null, text, "UNDER_WAY", null, null, null);
  }

  @Override
  public Wire.ReloadAnswer reload(Wire.ReloadRequest request, Identity who) {
    return s.reload()
        .run(
            Boolean.TRUE.equals(request.dryRun()),
            Boolean.TRUE.equals(request.partial()),
            who.name());
  }

  @Override
  public Wire.BackupView backup(Wire.BackupRequest request, Identity who) {
    try {
      Path to = Path.of(String.valueOf(request.to()));
      String since = request.since();
      if (!to.isAbsolute() || Files.exists(to)) {
        throw new ApiException(
            409,
            "refused",
            new Label(
                to + " must be an absolute path where nothing is yet.",
                to + ": 아직 존재하지 않는 절대 경로여야 합니다."));
      }
      Backup.Order order =
          new Backup.Order(
              to, since == null ? null : Path.of(since), !Boolean.FALSE.equals(request.secrets()));
      if (!s.backups().begin(order)) {
        throw new ApiException(
            409, "refused", new Label("Another backup is being made.", "다른 백업이 진행 중입니다."));
      }
    } catch (InvalidPathException e) {
      throw new ApiException(400, "bad-request", new Label("That is no path.", "올바른 경로가 아닙니다."));
    }
    s.audit()
        .record(
            AuditEvent.of(s.clock().now(), AuditKind.BACKUP, who.name(), "")
                .with("begun", String.valueOf(request.to())));
    return backup();
  }

  @Override
  public List<Wire.DamageView> damage() throws IOException {
    return s.historian().damage().stream()
        .map(
            d ->
                new Wire.DamageView(
                    d.foundMs(), d.what(), d.fromMs(), d.toMs(), d.lost(), d.doubtful(), d.aside()))
        .toList();
  }

  @Override
  public Wire.KeepRules keepRules() {
    HistorianSettings settings = s.settings().historian();
    Keep keep = settings.keep();
    List<Wire.KeepRule> rules = new ArrayList<>();
    for (KeepClass one : keep.classes()) {
      rules.add(rule(one.name(), one.groups(), one.tags(), one.ages()));
    }
    rules.add(rule("rest", List.of(), List.of(), keep.ages()));
    return new Wire.KeepRules(keep.maxSizeGb(), settings.keepFreeMb(), rules);
  }

  private static Wire.KeepRule rule(
      String name, List<String> groups, List<String> tags, KeepAges ages) {
    return new Wire.KeepRule(
        name,
        groups,
        tags,
        ages.raw().toMillis(),
        ages.minutes().toMillis(),
        ages.hours().toMillis());
  }

  @Override
  public Wire.BackupView backup() {
    BackupJobs.State state = s.backups().state();
    return new Wire.BackupView(
        state.phase().name(),
        state.to(),
        state.step(),
        state.done(),
        state.all(),
        state.rows(),
        state.files(),
        state.error());
  }

  @Override
  public Outcome requestMode(String unit, String mode, Identity who) {
    Optional<Mode> wanted =
        Arrays.stream(Mode.values())
            .filter(m -> m.name().equals(mode.toUpperCase(Locale.ROOT)))
            .findFirst();
    Optional<UnitStatus> status = s.loop().status(unit);
    if (wanted.isEmpty() || status.isEmpty()) {
      String names = String.join(", ", Arrays.stream(Mode.values()).map(Mode::name).toList());
      return new Outcome(
          false,
          new Label(
              "There is no such unit or mode; modes are " + names + ".",
              "없는 설비 또는 모드입니다. 모드: " + names));
    }
    boolean up = wanted.get().compareTo(status.get().inForce()) > 0;
    if (up && !who.role().covers(Role.ENGINEER)) {
      return new Outcome(
          false,
          new Label(
              "Going up the ladder takes the role ENGINEER.",
              "상위 자율 단계로 올리려면 ENGINEER 권한이 필요합니다."));
    }
    return outcome(s.loop().requestMode(unit, wanted.get(), who.name()));
  }

  @Override
  public Outcome judge(String decision, boolean approve, Identity who) {
    return outcome(
        approve ? s.loop().approve(decision, who.name()) : s.loop().reject(decision, who.name()));
  }

  private static Outcome outcome(Reply<Answer> reply) {
    return reply
        .await(PATIENCE)
        .map(answer -> new Outcome(answer.done(), answer.why()))
        .orElse(new Outcome(false, new Label("The loop did not answer.", "제어 루프가 응답하지 않습니다.")));
  }

  @Override
  public void audit(String event, String who, String detail) {
    s.audit()
        .record(
            AuditEvent.of(s.clock().now(), AuditKind.LOGIN, who, "")
                .with("event", event)
                .with("detail", detail));
  }
}
