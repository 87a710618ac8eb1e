package io.deungdae.control.run;

import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Slot;
import io.deungdae.analytics.agent.AnalyticsAgent;
import io.deungdae.analytics.dl4j.NetTrainer;
import io.deungdae.analytics.registry.ModelRegistry;
import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Damage;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.Intake;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.ApiServer;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.audit.AuditLog;
import io.deungdae.control.audit.RecordThread;
import io.deungdae.control.backup.BackupJobs;
import io.deungdae.control.backup.StateRescue;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.decision.DecisionStore;
import io.deungdae.control.guard.Operation;
import io.deungdae.control.loop.ControlLoop;
import io.deungdae.control.loop.LoopRunner;
import io.deungdae.control.loop.LoopWiring;
import io.deungdae.control.loop.UnitWiring;
import io.deungdae.control.site.RunMark;
import io.deungdae.control.site.SiteSettings;
import io.deungdae.control.site.UnitSettings;
import io.deungdae.kamp.KampAgent;
import io.deungdae.kamp.KampSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway. All wiring is here: what is made, in which order it starts, who gets what.
 * It stops in the reverse order; every wait is bounded; stopping twice is harmless.
 */
public final class GatewayRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayRun.class);
  private static final long AUDIT_FILE_BYTES = 64L << 20;
  private static final int DECISIONS_IN_MEMORY = 1000;
  private static final Duration ANALYTICS_PAUSE = Duration.ofMillis(10);
  private static final Duration INTAKE_PAUSE = Duration.ofMillis(100);
  private static final Duration WATCH_PAUSE = Duration.ofMillis(500);
  private static final Duration SKEW_PAUSE = Duration.ofSeconds(10);
  private static final Duration KAMP_PAUSE = Duration.ofSeconds(1);
  private static final int KAMP_PIECES = 20;

  /** A cycle takes milliseconds. */
  private static final Duration LONGEST_CYCLE = Duration.ofSeconds(30);

  /** Longer than any driver takes to connect to a device that answers each request at the last. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(5);

  /** How long a stop waits for a start that is under way. */
  private static final Duration START_ENDS_WITHIN = Duration.ofSeconds(20);

  /** Where JavaCPP unpacks the native libraries of DL4J; read when the first of them is needed. */
  private static final String NATIVE_FOLDER = "org.bytedeco.javacpp.cachedir";

  private final SiteSettings settings;
  private final String version;
  private final Clock clock;
  private final Deque<Part> parts = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch wired = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Optional<Path> firstPassword = Optional.empty();
  private Optional<String> consoleUrl = Optional.empty();
  private volatile @Nullable Reload reload;
  private @Nullable Systemd systemd;

  /** A gateway that is not started yet. */
  public GatewayRun(SiteSettings settings, String version, Clock clock) {
    this.settings = settings;
    this.version = version;
    this.clock = clock;
  }

  /**
   * Has a service manager told how the gateway is, from the end of the start on. Before the start.
   */
  public GatewayRun under(Systemd manager) {
    systemd = manager;
    return this;
  }

  /** Something that was started, and how it is stopped. */
  private record Part(String name, AutoCloseable stop) {}

  /**
   * Starts everything.
   *
   * @throws IOException when the data folder, a file in it or the console's port cannot be used;
   *     what was started is stopped then
   */
  public static GatewayRun start(SiteSettings settings, String version, Clock clock)
      throws IOException, SQLException {
    GatewayRun run = new GatewayRun(settings, version, clock);
    run.begin();
    return run;
  }

  /**
   * Starts everything, once. Another thread may stop it meanwhile.
   *
   * @throws IOException as {@link #start} does
   * @throws CancellationException when it was stopped meanwhile
   */
  public void begin() throws IOException, SQLException {
    begun.set(true);
    try {
      wire();
    } catch (IOException | SQLException | RuntimeException e) {
      wired.countDown();
      close();
      throw e;
    } finally {
      wired.countDown();
    }
  }

  private void wire() throws IOException, SQLException {
    Path data = settings.makeDataFolder();
    Instant now = clock.now();
    RunMark mark = RunMark.begin(settings, now);
    started("mark", () -> mark.stopped(clock.now()));
    if (System.getProperty(NATIVE_FOLDER) == null) {
      nativeFolder(Path.of(System.getProperty("user.home", "")), data)
          .ifPresent(folder -> System.setProperty(NATIVE_FOLDER, folder.toString()));
    }

    AuditLog audit = AuditLog.open(data.resolve("audit"), AUDIT_FILE_BYTES, now);
    Path state = data.resolve(SiteSettings.STATE_FILE);
    Optional<StateRescue.Found> rescued = StateRescue.mend(state, now);
    DecisionStore decisionStore = DecisionStore.open(state, now);
    RecordThread records = new RecordThread(List.of(audit, decisionStore)).start();
    started("records", records);
    audit.record(
        AuditEvent.of(now, AuditKind.START, AuditEvent.GATEWAY, "")
            .with("version", version)
            .with("settings", settings.hash()));
    started(
        "audit",
        () -> audit.record(AuditEvent.of(clock.now(), AuditKind.STOP, AuditEvent.GATEWAY, "")));

    Accounts accounts = started("accounts", new Accounts(state));
    StateDamage stateDamage = new StateDamage(rescued, accounts.condition());
    if (stateDamage.isDamage()) {
      audit.record(stateDamage.audit(now));
    }
    firstPassword = accounts.ensureFirstAdmin(data.resolve("first-password"));

    Historian historian = started("historian", Historian.open(settings.historian(), clock));
    List<Damage> damage = damageSince(historian, now);
    damage.forEach(found -> audit.record(auditOf(found, clock.now())));
    Board board = new Board(settings.tags());
    Intake intake = started("intake", new Intake(board, historian));
    started("intake thread", new AgentThread("intake", clock, INTAKE_PAUSE, intake::tick).start());

    Outcomes outcomes = new Outcomes();
    Devices devices = started("devices", new Devices(settings.devices(), intake, outcomes, clock));

    ExecutorService training = Executors.newSingleThreadExecutor(GatewayRun::trainingThread);
    started("training", training::shutdownNow);
    ModelRegistry registry = new ModelRegistry(data.resolve("models"));
    AnalyticsAgent.Surroundings around =
        new AnalyticsAgent.Surroundings(
            board, historian::frame, registry, training, new NetTrainer(clock, 1), version);
    Map<String, AnalyticsAgent> analytics = new LinkedHashMap<>();
    for (UnitSettings unit : settings.units()) {
      Slot<Judgement> slot = new Slot<>();
      analytics.put(
          unit.unit().name(), new AnalyticsAgent(unit.unit(), unit.analytics(), around, slot, now));
    }

    DecisionBook decisions = new DecisionBook(DECISIONS_IN_MEMORY, List.of(decisionStore::put));
    decisions.restore(decisionStore.newest(DECISIONS_IN_MEMORY));
    AlarmBook alarms = new AlarmBook(event -> audit.record(event.toAudit()));
    ControlLoop loop =
        new ControlLoop(
            new LoopWiring(
                unitWirings(settings, analytics),
                board,
                devices.outboxes(),
                outcomes,
                settings.simulated() ? Operation.SIMULATED : Operation.REAL,
                settings.devices().stream()
                    .filter(DeviceSettings::simulated)
                    .map(DeviceSettings::name)
                    .collect(Collectors.toSet()),
                audit::record,
                decisions,
                alarms));

    devices.start();
    List<AnalyticsTurn> turns =
        analytics.values().stream()
            .map(agent -> new AnalyticsTurn(agent, settings.tags(), intake))
            .toList();
    if (!turns.isEmpty()) {
      started(
          "analytics",
          new AgentThread(
                  "analytics",
                  clock,
                  ANALYTICS_PAUSE,
                  (at, atNs) -> turns.forEach(turn -> turn.tick(at, atNs)))
              .start());
    }
    LoopRunner runner = started("loop", new LoopRunner(loop, clock).start());

    Forwarders forwarders = started("forwarders", new Forwarders(board, historian, clock));
    forwarders.change(forwarders.plan(settings, Set.of()));
    historian.delivered(forwarders::deliveredUpTo);
    @Nullable KampAgent kamp = kamp(settings.kamp(), historian, now);
    if (kamp != null) {
      started("kamp", kamp);
      started(
          "kamp thread",
          new AgentThread("kamp", clock, KAMP_PAUSE, (at, atNs) -> deliver(kamp, at, atNs))
              .start());
    }

    InForce inForce = new InForce(settings);
    historian.groups(name -> inForce.settings().tags().find(name).map(Tag::group).orElse(""));
    stateDamage.raise(alarms);
    GatewayWatch watch =
        new GatewayWatch(
            alarms,
            devices,
            historian,
            forwarders,
            kamp,
            damage,
            found -> audit.record(auditOf(found, clock.now())));
    SkewWatch skew =
        new SkewWatch(alarms, () -> inForce.settings().devices(), intake::clockBehindUs);
    started("watch", new AgentThread("watch", clock, WATCH_PAUSE, watch::tick).start());
    started("skew watch", new AgentThread("skew", clock, SKEW_PAUSE, skew::tick).start());

    Reload changes = new Reload(inForce, board, devices, forwarders, loop, audit::record, clock);
    reload = changes;
    BackupJobs backups =
        new BackupJobs(
            inForce::settings,
            historian,
            version,
            clock,
            made -> audit.record(auditOf(made, clock.now())));
    GatewayView view =
        new GatewayView(
            new GatewayView.Sources(
                inForce,
                changes,
                version,
                clock,
                board,
                historian,
                devices,
                analytics,
                loop,
                runner,
                decisions,
                alarms,
                forwarders,
                kamp,
                registry,
                audit,
                backups,
                new Metrics(devices, board, historian, forwarders, runner, clock)));
    if (settings.console().enabled()) {
      ApiServer server =
          started("console", new ApiServer(settings.console(), accounts, view, clock));
      int port = server.start();
      String url = "http://" + settings.console().listen() + ":" + port;
      consoleUrl = Optional.of(url);
      mark.answersAt(url);
    }
    LOG.info("gateway up site={} version={}", settings.name(), version);
    if (systemd != null) {
      tell(systemd, () -> pulses(runner, devices));
    }
  }

  /** Last of all, so that a stop is told first of all. */
  private void tell(Systemd manager, Supplier<List<Pulse>> pulses) {
    started("systemd", manager);
    manager
        .patience()
        .ifPresent(
            patience ->
                started(
                    "watchdog",
                    new AgentThread(
                            "watchdog",
                            clock,
                            Watchdog.pause(patience),
                            new Watchdog(pulses, manager::alive)::tick)
                        .start()));
    started("service", manager::stopping);
    try {
      manager.ready();
    } catch (IOException e) {
      LOG.warn("systemd cannot be told that the gateway is up error={}", e.toString());
    }
  }

  /**
   * Who has to come round: what controls and what collects. Not what stores: a gateway with a disk
   * that hangs goes on to control, and would not come up again.
   */
  private static List<Pulse> pulses(LoopRunner runner, Devices devices) {
    List<Pulse> pulses = new ArrayList<>();
    pulses.add(new Pulse(runner.threadName(), runner::lastCycleNs, LONGEST_CYCLE));
    for (DeviceAgent agent : devices.agents()) {
      pulses.add(new Pulse(agent.threadName(), agent::lastRoundNs, LONGEST_ROUND));
    }
    return pulses;
  }

  /**
   * Where native libraries are unpacked when the user has no home for that, as a service's user may
   * not; JavaCPP would take a folder below /tmp, where anybody could put libraries before.
   */
  static Optional<Path> nativeFolder(Path home, Path data) {
    return Files.isDirectory(home) && Files.isWritable(home)
        ? Optional.empty()
        : Optional.of(data.toAbsolutePath().resolve(SiteSettings.NATIVE_FOLDER));
  }

  /** What the opening has found. */
  private static List<Damage> damageSince(Historian historian, Instant start) throws IOException {
    return historian.damage().stream()
        .filter(damage -> damage.foundMs() >= start.toEpochMilli())
        .toList();
  }

  private static AuditEvent auditOf(Damage damage, Instant now) {
    return AuditEvent.of(now, AuditKind.DAMAGE, AuditEvent.GATEWAY, "")
        .with("what", damage.what())
        .with("fromMs", damage.fromMs())
        .with("toMs", damage.toMs())
        .with("lost", damage.lost())
        .with("doubtful", damage.doubtful())
        .with("aside", damage.aside());
  }

  private static AuditEvent auditOf(BackupJobs.State made, Instant now) {
    return AuditEvent.of(now, AuditKind.BACKUP, AuditEvent.GATEWAY, "")
        .with("to", made.to())
        .with("rows", made.rows())
        .with("files", made.files())
        .with("error", made.error());
  }

  private static List<UnitWiring> unitWirings(
      SiteSettings settings, Map<String, AnalyticsAgent> analytics) {
    List<UnitWiring> wirings = new ArrayList<>();
    for (UnitSettings unit : settings.units()) {
      AnalyticsAgent agent = analytics.get(unit.unit().name());
      if (agent != null && !unit.unit().manipulated().isEmpty()) {
        wirings.add(
            new UnitWiring(
                unit.unit(),
                unit.loop(),
                agent.judgements(),
                effect -> {
                  if (!agent.effect(effect)) {
                    LOG.warn(
                        "unit={} effect of remedy {} was lost",
                        unit.unit().name(),
                        effect.remedyId());
                  }
                }));
      }
    }
    return wirings;
  }

  private static @Nullable KampAgent kamp(
      @Nullable KampSettings settings, Historian historian, Instant now) throws IOException {
    return settings == null
        ? null
        : new KampAgent(settings, historian::frame, new Random()::nextDouble, now);
  }

  private static void deliver(KampAgent kamp, Instant now, long nowNs) {
    for (int i = 0; i < KAMP_PIECES && kamp.tick(now, nowNs); i++) {
      // the next piece
    }
  }

  private static Thread trainingThread(Runnable work) {
    Thread thread = new Thread(work, "training");
    thread.setDaemon(true);
    return thread;
  }

  private <T extends AutoCloseable> T started(String name, T part) {
    Part one = new Part(name, part);
    if (closed.get()) {
      stop(one);
      throw new CancellationException("stopped while starting");
    }
    parts.push(one);
    return part;
  }

  /** The file with the first password, when this start made one. */
  public Optional<Path> firstPassword() {
    return firstPassword;
  }

  /** Where the console is. */
  public Optional<String> consoleUrl() {
    return consoleUrl;
  }

  /**
   * Reads the settings again and changes what can be changed, as {@code deungdae reload} does; what
   * came of it is in the log. While the gateway starts nothing is done: its settings are new.
   *
   * @param who for the audit log
   */
  public void reload(String who) {
    Reload changes = reload;
    if (changes == null) {
      LOG.info("settings are not read again while the gateway starts");
    } else {
      changes.runAndLog(who);
    }
  }

  /** Waits until the gateway is stopped. */
  public void await() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    LOG.info("gateway stops");
    awaitWiring();
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      stop(part);
    }
    stopped.countDown();
  }

  /** A start under way ends at its next step; one that does not is left alone after a while. */
  private void awaitWiring() {
    try {
      if (begun.get() && !wired.await(START_ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("the start does not end; stopping what was started");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stop(Part part) {
    try {
      part.stop().close();
    } catch (Exception e) {
      LOG.warn("part={} did not stop cleanly error={}", part.name(), e.toString());
    }
  }
}
