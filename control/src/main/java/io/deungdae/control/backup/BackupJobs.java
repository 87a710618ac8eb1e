package io.deungdae.control.backup;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups of a running gateway, one at a time, on a thread of their own.
 *
 * <p>Hand-off: the backup's thread writes the state, anybody reads it.
 */
public final class BackupJobs {

  private static final Logger LOG = LoggerFactory.getLogger(BackupJobs.class);

  /** How a backup is doing. */
  public enum Phase {
    /** None was asked for since the start. */
    NONE,
    /** It is being made. */
    RUNNING,
    /** It is made and verified. */
    DONE,
    /** It could not be made. */
    FAILED
  }

  /**
   * The newest backup.
   *
   * @param to where it goes
   * @param step what is being done
   * @param done how much of it, in rows or files
   * @param all how much there is about
   * @param rows rows of history that it has, once it is done
   * @param files other files that it has, once it is done
   * @param error why it could not be made, else empty
   */
  public record State(
      Phase phase,
      String to,
      String step,
      long done,
      long all,
      long rows,
      int files,
      String error) {
    private static final State NONE = new State(Phase.NONE, "", "", 0, 0, 0, 0, "");
  }

  private final Supplier<SiteSettings> settings;
  private final Historian historian;
  private final String product;
  private final Clock clock;
  private final Consumer<State> ended;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile State state = State.NONE;

  /**
   * Jobs for a gateway.
   *
   * @param settings those in force
   * @param ended told of each that has ended, on its thread
   */
  public BackupJobs(
      Supplier<SiteSettings> settings,
      Historian historian,
      String product,
      Clock clock,
      Consumer<State> ended) {
    this.settings = settings;
    this.historian = historian;
    this.product = product;
    this.clock = clock;
    this.ended = ended;
  }

  /** How the newest one is doing. */
  public State state() {
    return state;
  }

  /**
   * Begins one.
   *
   * @return false when one is running
   */
  public boolean begin(Backup.Order order) {
    String to = order.to().toString();
    if (!running.compareAndSet(false, true)) {
      return false;
    }
    state = new State(Phase.RUNNING, to, "begin", 0, 0, 0, 0, "");
    Thread thread = new Thread(() -> run(order, to), "backup");
    thread.setDaemon(true);
    thread.start();
    return true;
  }

  private void run(Backup.Order order, String to) {
    BackupProgress progress =
        (step, done, all) -> state = new State(Phase.RUNNING, to, step, done, all, 0, 0, "");
    State after;
    try {
      BackupManifest made =
          new Backup(settings.get(), historian, product, progress).make(order, clock.now());
      LOG.info("backup made to={} rows={} files={}", to, made.rows(), made.files().size());
      after =
          new State(
              Phase.DONE, to, "", made.rows(), made.rows(), made.rows(), made.files().size(), "");
    } catch (IOException | RuntimeException e) {
      // The one catch of this thread: also a history that is being closed ends up here.
      LOG.warn(
          "backup could not be made; see the reason and try again to={} reason={}",
          to,
          e.toString());
      after = new State(Phase.FAILED, to, "", 0, 0, 0, 0, String.valueOf(e.getMessage()));
    }
    state = after;
    running.set(false);
    ended.accept(after);
  }
}
