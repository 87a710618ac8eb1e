package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.Shed;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Problem;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.store.Board;
import io.deungdae.control.api.ApiException;
import io.deungdae.control.api.Wire;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.audit.AuditKind;
import io.deungdae.control.loop.ControlLoop;
import io.deungdae.control.loop.UnitStatus;
import io.deungdae.control.site.DeviceChange;
import io.deungdae.control.site.SiteChange;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the settings of the running gateway: settings and tag lists are read and checked as a
 * whole, and then those devices are stopped and started that they change, and no others. Any
 * thread; one at a time.
 */
final class Reload {

  private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

  private final InForce inForce;
  private final Board board;
  private final Devices devices;
  private final Forwarders forwarders;
  private final ControlLoop loop;
  private final Consumer<AuditEvent> audit;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  Reload(
      InForce inForce,
      Board board,
      Devices devices,
      Forwarders forwarders,
      ControlLoop loop,
      Consumer<AuditEvent> audit,
      Clock clock) {
    this.inForce = inForce;
    this.board = board;
    this.devices = devices;
    this.forwarders = forwarders;
    this.loop = loop;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Reads, and changes what can be changed.
   *
   * @param dryRun only tells
   * @param partial changes what can be changed even when something else cannot
   * @param who for the audit log
   */
  Wire.ReloadAnswer run(boolean dryRun, boolean partial, String who) {
    if (!lock.tryLock()) {
      throw new ApiException(
          409, "busy", new Label("The settings are being changed already.", "설정 변경이 이미 진행 중입니다."));
    }
    try {
      return change(dryRun, partial, who);
    } finally {
      lock.unlock();
    }
  }

  /** Reads, changes what can be changed when all of it can, and says in the log what came of it. */
  void runAndLog(String who) {
    try {
      Wire.ReloadAnswer answer = run(false, false, who);
      answer.mistakes().forEach(mistake -> LOG.warn("settings are wrong: {}", mistake));
      answer
          .refused()
          .forEach(one -> LOG.warn("not while it runs: {}: {}", one.what(), one.why().en()));
      LOG.info("reload by={} outcome={}", who, answer.outcome());
    } catch (ApiException e) {
      LOG.warn("reload by={} was refused: {}", who, e.getMessage());
    }
  }

  private Wire.ReloadAnswer change(boolean dryRun, boolean partial, String who) {
    SiteSettings old = inForce.settings();
    SiteSettings next;
    try {
      next = old.readAgain();
    } catch (ConfigException e) {
      return mistakes(e, old);
    }
    SiteChange change = SiteChange.between(old, next, this::objection);
    if (change.isEmpty()) {
      return answer("UNCHANGED", change, old, next);
    }
    boolean refused = !change.refusals().isEmpty() && !partial;
    if (refused || dryRun) {
      return answer(refused ? "REFUSED" : "PREVIEW", change, old, next);
    }
    apply(change, plan(change));
    tell(change, old, next, who);
    return answer("APPLIED", change, old, next);
  }

  /** Makes what can fail before anything is changed. */
  private Forwarders.Plan plan(SiteChange change) {
    try {
      return forwarders.plan(change.result(), change.forwarders());
    } catch (IOException e) {
      throw new ApiException(
          409,
          "refused",
          new Label(
              "Nothing was changed; a forwarder cannot begin: " + e.getMessage(),
              "변경하지 않았습니다. 전송을 시작할 수 없습니다: " + e.getMessage()));
    }
  }

  /**
   * Tags get room on the board before anybody delivers them; a device that goes is stopped before
   * its tags are taken off.
   */
  private void apply(SiteChange change, Forwarders.Plan plan) {
    SiteSettings result = change.result();
    board.makeRoom(result.tags());
    devices.change(
        result.devices(),
        change.devices().stream().map(DeviceChange::device).collect(Collectors.toSet()));
    board.retable(result.tags());
    inForce.change(result);
    try {
      forwarders.change(plan);
    } catch (IOException e) {
      LOG.warn("a forwarder did not begin; check its folder error={}", e.toString());
    }
  }

  /** A device that control writes to, or whose values it needs, stays as it is. */
  private Optional<Label> objection(DeviceChange change) {
    Optional<DeviceAgent> agent = devices.agent(change.device());
    if (agent.isPresent()
        && agent.get().shed().stream().anyMatch(s -> s.result() == Shed.Result.WAITING)) {
      return Optional.of(
          new Label("A safe value is still to be written to it.", "안전값 기록이 아직 끝나지 않았습니다."));
    }
    List<String> controlling =
        inForce.settings().unitsOn(change.device()).stream().filter(this::controls).toList();
    if (controlling.isEmpty()) {
      return Optional.empty();
    }
    String units = String.join(", ", controlling);
    return Optional.of(
        new Label(
            "It serves the unit "
                + units
                + ", which is controlled; take it to ADVISE or OBSERVE"
                + " first.",
            "제어 중인 설비(" + units + ")가 사용하는 장치입니다. 먼저 ADVISE 또는 OBSERVE로 내려 주십시오."));
  }

  private boolean controls(String unit) {
    Optional<UnitStatus> status = loop.status(unit);
    return status.isPresent() && (status.get().inForce().writes() || status.get().asked().writes());
  }

  // ---- telling

  private void tell(SiteChange change, SiteSettings old, SiteSettings next, String who) {
    String what =
        change.devices().stream()
            .map(d -> d.kind() + " " + d.device())
            .collect(Collectors.joining(", "));
    String left = change.refusals().stream().map(r -> r.what()).collect(Collectors.joining(", "));
    audit.accept(
        AuditEvent.of(clock.now(), AuditKind.SETTINGS, who, "")
            .with("old", old.hash())
            .with("new", next.hash())
            .with("devices", what)
            .with("forwarders", String.join(", ", change.forwarders()))
            .with("left", left));
    LOG.info("settings changed by={} devices=[{}] left=[{}]", who, what, left);
  }

  private static Wire.ReloadAnswer mistakes(ConfigException e, SiteSettings old) {
    return new Wire.ReloadAnswer(
        "MISTAKES",
        e.problems().stream().map(Problem::toString).toList(),
        List.of(),
        List.of(),
        List.of(),
        old.hash(),
        null);
  }

  private static Wire.ReloadAnswer answer(
      String outcome, SiteChange change, SiteSettings old, @Nullable SiteSettings next) {
    return new Wire.ReloadAnswer(
        outcome,
        List.of(),
        change.devices().stream()
            .map(
                d ->
                    new Wire.DeviceChangeView(
                        d.device(),
                        d.kind().name(),
                        d.settings(),
                        d.tagsAdded(),
                        d.tagsRemoved(),
                        d.tagsChanged()))
            .toList(),
        List.copyOf(change.forwarders()),
        change.refusals().stream().map(r -> new Wire.RefusalView(r.what(), r.why())).toList(),
        old.hash(),
        next == null ? null : next.hash());
  }
}
