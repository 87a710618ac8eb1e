package io.deungdae.control.api;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.signal.Label;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the interface may ask of the gateway. Called from worker threads; calls may block, within
 * bounds.
 */
public interface Gateway {

  /** The gateway itself. */
  Wire.Site site();

  /** All process units. */
  List<Wire.UnitView> units();

  /** The card of the model in force; empty when the unit does not exist or has none yet. */
  Optional<Wire.ModelView> model(String unit);

  /** All devices. */
  List<Wire.DeviceView> devices();

  /** Historian, forwarders, deliveries. */
  Wire.StorageView storage();

  /**
   * The newest rows that a forwarder's receiver refused; empty when there is no such forwarder.
   *
   * @throws IOException when the file cannot be read
   */
  Optional<List<Wire.RefusedView>> refused(String forwarder, int most) throws IOException;

  /**
   * Has a forwarder's refused rows sent again, or drops them; says how many. Empty when there is no
   * such forwarder.
   *
   * @throws IOException when the file cannot be changed
   */
  Optional<Wire.Count> dealWithRefused(String forwarder, Refused what, Identity who)
      throws IOException;

  /** What can be done with rows that a receiver refused. */
  enum Refused {
    /** Send them again. */
    RESEND,
    /** Forget them; the history keeps them. */
    DROP
  }

  /** Tags whose name begins with the prefix. */
  List<Wire.TagInfo> tags(String prefix);

  /** One tag. */
  Optional<Wire.TagInfo> tag(String name);

  /** Latest samples of the tags; names that do not exist are left out. */
  List<Wire.TagValue> latest(List<String> names);

  /** A stretch of a tag, thinned to about {@code points}. */
  Optional<Wire.TrendData> trend(String tag, Instant from, Instant to, int points);

  /** Rows stored, of one tag or of all; empty for a tag that does not exist. */
  Optional<Wire.SampleCount> count(@Nullable String tag);

  /** Where history is asked for: rows, tables, values at a time. */
  HistoryDesk history();

  /** Where values of the past are put into the history. */
  PastSink past();

  /** The newest decisions first. */
  List<Wire.DecisionView> decisions(int limit);

  /** One decision. */
  Optional<Wire.DecisionView> decision(String id);

  /** Alarms that are not at rest. */
  List<Wire.AlarmView> alarms();

  /** Acknowledges an alarm; false when there is none of this id. */
  boolean acknowledge(String alarm, Identity who);

  /**
   * Proposes a setpoint to the guards and waits for verdict and read-back, at most some seconds.
   */
  Wire.SetpointAnswer propose(Wire.SetpointRequest request, Identity who);

  /**
   * Reads an address of a device by hand; empty when there is no such device.
   *
   * @throws DeviceException when the device cannot be asked, or refuses
   * @throws ApiException when the request is wrong, not offered, or somebody is at it already
   */
  Optional<Wire.ReadingView> read(String device, Wire.ReadRequest request) throws DeviceException;

  /**
   * Looks around in a device, below an address or everywhere; empty when there is no such device.
   * Throws as {@link #read}.
   */
  Optional<Wire.BrowseView> browse(String device, String from, int most) throws DeviceException;

  /**
   * As {@link #browse}, but what can be a tag as a tag list (CSV), nothing in it writable; what is
   * beyond {@code most} or half a minute is left out.
   */
  Optional<String> browseAsTags(String device, String from, int most) throws DeviceException;

  /**
   * The certificates that OPC UA devices go by.
   *
   * @throws ApiException when a file among them is no certificate
   */
  List<Wire.CertificateView> certificates() throws IOException;

  /**
   * Trusts a rejected certificate, or a trusted one no longer; it counts when a device connects
   * next.
   *
   * @return false when there is none of this fingerprint to be trusted, or rejected
   * @throws ApiException when a file among them is no certificate
   */
  boolean judgeCertificate(String fingerprint, boolean trust, Identity who) throws IOException;

  /**
   * Reads settings and tag lists again and changes what they change, touching nothing else.
   *
   * @throws ApiException when another reading is under way
   */
  Wire.ReloadAnswer reload(Wire.ReloadRequest request, Identity who);

  /**
   * Begins a backup; how it goes is told by {@link #backup()}.
   *
   * @throws ApiException when one is running, or it cannot be made there
   */
  Wire.BackupView backup(Wire.BackupRequest request, Identity who);

  /** What was ever found damaged in the history, the oldest first. */
  List<Wire.DamageView> damage() throws IOException;

  /** How long history is kept. */
  Wire.KeepRules keepRules();

  /** How the newest backup is doing. */
  Wire.BackupView backup();

  /** Asks for a rung of the ladder; what came of it in words, or why not. */
  Outcome requestMode(String unit, String mode, Identity who);

  /** Approves or rejects a decision that waits for a person. */
  Outcome judge(String decision, boolean approve, Identity who);

  /** Prometheus text. */
  String metrics();

  /** Puts an entry of the interface's own (log-in, log-out, failed log-in) into the audit log. */
  void audit(String event, String who, String detail);

  /** Whether something was done, and words for people. */
  record Outcome(boolean done, Label message) {}
}
