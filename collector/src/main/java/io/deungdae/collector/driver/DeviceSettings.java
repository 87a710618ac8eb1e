package io.deungdae.collector.driver;

import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One device of the settings, checked.
 *
 * @param name its name, unique in the site
 * @param protocol name of its protocol
 * @param enabled false to leave it alone
 * @param simulated true when it is not a real machine; shown wherever its values are
 * @param heartbeat time between two beats of its heartbeat tags
 * @param firstWait wait before the first attempt to reconnect
 * @param longestWait longest wait between attempts
 * @param skewAlarm difference between its clock and ours that raises an alarm; zero for none
 * @param spec what the protocol made of its own section
 * @param tags its tags
 */
public record DeviceSettings(
    String name,
    String protocol,
    boolean enabled,
    boolean simulated,
    Duration heartbeat,
    Duration firstWait,
    Duration longestWait,
    Duration skewAlarm,
    DeviceSpec spec,
    List<Tag> tags) {

  /** Difference between a device's clock and ours that raises an alarm, unless told otherwise. */
  public static final Duration USUAL_SKEW_ALARM = Duration.ofSeconds(5);

  /** A device with the usual alarm for its clock. */
  public DeviceSettings(
      String name,
      String protocol,
      boolean enabled,
      boolean simulated,
      Duration heartbeat,
      Duration firstWait,
      Duration longestWait,
      DeviceSpec spec,
      List<Tag> tags) {
    this(
        name,
        protocol,
        enabled,
        simulated,
        heartbeat,
        firstWait,
        longestWait,
        USUAL_SKEW_ALARM,
        spec,
        tags);
  }

  private static final Duration LONGEST_SKEW = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_]+([.-][\\p{L}\\p{N}_]+)*");

  public DeviceSettings {
    tags = List.copyOf(tags);
  }

  /**
   * Reads all devices of a site.
   *
   * @param root the section that has the list {@code devices}
   * @param protocols the protocols there are
   * @param rows all tags of the site; those of no device here are reported
   * @return the devices without mistakes, disabled ones too
   */
  public static List<DeviceSettings> readAll(
      Section root, List<Protocol> protocols, List<TagRow> rows) {
    List<DeviceSettings> devices = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section section : root.sections("devices")) {
      read(section, protocols, rows).ifPresent(devices::add);
      String name = section.text("name");
      if (!names.add(name)) {
        section.problem("name", "'" + name + "' again", "a name used once");
      }
    }
    reportStrays(rows, names, root.problems());
    return devices;
  }

  private static void reportStrays(List<TagRow> rows, Set<String> names, Problems problems) {
    for (TagRow row : rows) {
      if (!names.contains(row.tag().device())) {
        row.problem(
            problems,
            "device",
            "'" + row.tag().device() + "'",
            names.isEmpty()
                ? "a device of the settings, which have none"
                : "one of " + names.stream().sorted().collect(Collectors.joining(", ")));
      }
    }
  }

  /**
   * Reads one device. Mistakes go to the section's problems.
   *
   * @param section the device's entry in the list of devices
   * @param protocols the protocols there are
   * @param rows the site's tags; those of other devices are passed over
   * @return the device, or nothing when its protocol is not known
   */
  public static Optional<DeviceSettings> read(
      Section section, List<Protocol> protocols, List<TagRow> rows) {
    String name = section.text("name");
    if (!NAME.matcher(name).matches()) {
      section.problem("name", "'" + name + "'", "letters, digits and _, in parts joined by . or -");
    }
    String protocolName = section.text("protocol");
    boolean enabled = section.flag("enabled", true);
    boolean simulated = section.flag("simulated", false);
    Duration heartbeat =
        section.duration(
            "heartbeat", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMinutes(1));
    Section reconnect = section.section("reconnect");
    Duration first = wait(reconnect, "first", Duration.ofSeconds(1));
    Duration longest = wait(reconnect, "longest", Duration.ofSeconds(30));
    reconnect.done();
    ScanClasses scan = ScanClasses.read(section.section("scan"));
    TimeSource time = section.choice("time", TimeSource.SOURCE);
    Section skew = section.section("skew");
    Duration skewAlarm = skew.duration("alarm", USUAL_SKEW_ALARM, Duration.ZERO, LONGEST_SKEW);
    skew.done();
    List<TagRow> own =
        rows.stream()
            .filter(row -> row.tag().device().equals(name))
            .map(row -> row.orTime(time))
            .toList();
    Optional<DeviceSpec> spec =
        protocol(section, protocols, protocolName)
            .map(p -> p.read(name, section.section(p.name()), scan, own));
    if (spec.isPresent()) {
      section.done();
    }
    List<Tag> tags = own.stream().map(TagRow::tag).toList();
    return spec.map(
        s ->
            new DeviceSettings(
                name,
                protocolName,
                enabled,
                simulated,
                heartbeat,
                first,
                longest,
                skewAlarm,
                s,
                tags));
  }

  private static Duration wait(Section section, String key, Duration fallback) {
    return section.duration(key, fallback, Duration.ofMillis(10), Duration.ofHours(1));
  }

  private static Optional<Protocol> protocol(
      Section section, List<Protocol> protocols, String name) {
    Optional<Protocol> found = protocols.stream().filter(p -> p.name().equals(name)).findFirst();
    if (found.isEmpty() && !name.isEmpty()) {
      String known = protocols.stream().map(Protocol::name).collect(Collectors.joining(", "));
      section.problem("protocol", "'" + name + "'", "one of " + known);
    }
    return found;
  }
}
