package io.deungdae.control.site;

import io.deungdae.analytics.agent.AnalyticsSettings;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Protocol;
import io.deungdae.collector.driver.modbus.ModbusProtocol;
import io.deungdae.collector.driver.mqtt.MqttProtocol;
import io.deungdae.collector.driver.opcua.OpcUaProtocol;
import io.deungdae.collector.driver.sparkplug.SparkplugProtocol;
import io.deungdae.collector.driver.xgt.XgtProtocol;
import io.deungdae.collector.forward.EdgeNodeSettings;
import io.deungdae.collector.forward.ForwarderSettings;
import io.deungdae.collector.forward.InfluxSettings;
import io.deungdae.collector.forward.KafkaSettings;
import io.deungdae.collector.forward.MqttSenderSettings;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SchemaEntry;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.settings.TagLists;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagPlaces;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.control.api.ConsoleSettings;
import io.deungdae.control.loop.HandshakeSettings;
import io.deungdae.control.loop.LoopSettings;
import io.deungdae.kamp.KampSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything the settings say about a site, checked as a whole.
 *
 * @param file the settings file
 * @param name short name of the site
 * @param title name for people
 * @param simulated true when the plant is not real; shown everywhere, and nothing is then written
 *     to a device that is not marked as simulated
 * @param data folder for everything the gateway keeps
 * @param tags all tags: those of the tag lists, then the two that the gateway calculates for each
 *     unit
 * @param devices the devices
 * @param historian the historian
 * @param influx InfluxDB servers to forward to
 * @param sparkplug edge nodes as which the tags are published
 * @param mqtt brokers where rows are published as JSON
 * @param kafka Kafka clusters that rows are written to
 * @param units process units
 * @param kamp deliveries to KAMP, or null for none
 * @param console the console and the REST interface
 * @param schema what the readers asked for, by schema path
 * @param given the scalars that were given, by schema path
 * @param hash SHA-256 of the settings file and the tag lists
 * @param sources what they were made from
 */
public record SiteSettings(
    Path file,
    String name,
    Label title,
    boolean simulated,
    Path data,
    TagTable tags,
    List<DeviceSettings> devices,
    HistorianSettings historian,
    List<InfluxSettings> influx,
    List<EdgeNodeSettings> sparkplug,
    List<MqttSenderSettings> mqtt,
    List<KafkaSettings> kafka,
    List<UnitSettings> units,
    @Nullable KampSettings kamp,
    ConsoleSettings console,
    Map<String, SchemaEntry> schema,
    Map<String, List<String>> given,
    String hash,
    SiteSources sources) {

  /** Name of the SQLite file in the data folder. */
  public static final String STATE_FILE = "state.db";

  /** Name of the folder in the data folder where native libraries are unpacked. */
  public static final String NATIVE_FOLDER = "native";

  /** Device name of the tags that the gateway calculates itself. */
  public static final String CALCULATED = "deungdae";

  /** The protocols there are. A new one is a package and a word here. */
  public static final List<Protocol> PROTOCOLS =
      List.of(
          new ModbusProtocol(),
          new OpcUaProtocol(),
          new MqttProtocol(),
          new SparkplugProtocol(),
          new XgtProtocol());

  public SiteSettings {
    devices = List.copyOf(devices);
    influx = List.copyOf(influx);
    sparkplug = List.copyOf(sparkplug);
    mqtt = List.copyOf(mqtt);
    kafka = List.copyOf(kafka);
    units = List.copyOf(units);
    schema = Map.copyOf(schema);
    given = Map.copyOf(given);
  }

  /**
   * Reads and checks the settings, without opening a connection.
   *
   * @throws ConfigException with every mistake there is
   */
  public static SiteSettings read(Path file, Overrides overrides) throws ConfigException {
    return read(file, overrides, TagPlaces.fresh());
  }

  /**
   * Reads the same file and tag lists again, with the same overrides. Tags that mean what they
   * meant are the very objects of these settings.
   *
   * @throws ConfigException with every mistake there is now
   */
  public SiteSettings readAgain() throws ConfigException {
    return read(file, new Overrides(sources.overrides()), TagPlaces.after(tags));
  }

  private static SiteSettings read(Path file, Overrides overrides, TagPlaces places)
      throws ConfigException {
    Problems problems = new Problems();
    Section root = SettingsFile.read(file, overrides, problems);
    if (root.line("name") == 0) {
      problems.throwIfAny(); // nothing could be read; that alone is worth saying
    }
    String name = root.text("name");
    Label title = root.label("title", name);
    boolean simulated = root.flag("simulated", false);
    Path data = root.file("data", "data");
    root.dataFolder(data);
    TagCsv csv = new TagCsv(problems, sitePath(root), places);
    TagLists lists = TagLists.read(root);
    lists.into(csv);
    List<DeviceSettings> devices = DeviceSettings.readAll(root, PROTOCOLS, csv.rows());
    HistorianSettings historian = HistorianSettings.read(root.section("historian"));
    Set<String> forwarders = new HashSet<>();
    List<InfluxSettings> influx =
        forwarding(root, "influx", InfluxSettings::read, InfluxSettings::forwarder, forwarders);
    List<EdgeNodeSettings> sparkplug =
        forwarding(
            root, "sparkplug", EdgeNodeSettings::read, EdgeNodeSettings::forwarder, forwarders);
    List<MqttSenderSettings> mqtt =
        forwarding(
            root, "mqtt", MqttSenderSettings::read, MqttSenderSettings::forwarder, forwarders);
    List<KafkaSettings> kafka =
        forwarding(root, "kafka", KafkaSettings::read, KafkaSettings::forwarder, forwarders);
    List<Section> unitSections = root.sections("units");
    TagTable tags = tags(csv.rows(), unitSections, places);
    List<UnitSettings> units = units(unitSections, tags);
    @Nullable KampSettings kamp = KampSettings.read(root.section("kamp"), tags).orElse(null);
    ConsoleSettings console = ConsoleSettings.read(root.section("console"));
    root.done();
    overrides.reportUnused(problems);
    problems.throwIfAny();
    return new SiteSettings(
        file,
        name,
        title,
        simulated,
        data,
        tags,
        devices,
        historian,
        influx,
        sparkplug,
        mqtt,
        kafka,
        units,
        kamp,
        console,
        root.schema(),
        root.given(),
        hash(file, lists.files()),
        SiteSources.of(root, unitSections, overrides.values(), csv.rows()));
  }

  /** The units that use tags of a device. */
  public Set<String> unitsOn(String device) {
    Set<String> users = new TreeSet<>();
    for (Tag tag : tags.ofDevice(device)) {
      users.addAll(sources.usersOf(tag.name()));
    }
    users.remove(SiteSources.KAMP);
    return users;
  }

  /** The same with other devices and tags, and the forwarders of other settings. */
  SiteSettings with(
      List<DeviceSettings> otherDevices,
      TagTable otherTags,
      SiteSettings forwarding,
      String otherHash,
      SiteSources otherSources) {
    return new SiteSettings(
        file,
        name,
        title,
        simulated,
        data,
        otherTags,
        otherDevices,
        historian,
        forwarding.influx,
        forwarding.sparkplug,
        forwarding.mqtt,
        forwarding.kafka,
        units,
        kamp,
        console,
        schema,
        given,
        otherHash,
        otherSources);
  }

  private static String sitePath(Section root) {
    String path = root.text("path", "");
    if (!path.isEmpty() && !TagCsv.isPath(path)) {
      root.problem("path", "'" + path + "'", "parts joined by /: enterprise/site");
    }
    return path;
  }

  private static <S> List<S> forwarding(
      Section root,
      String key,
      Function<Section, S> read,
      Function<S, ForwarderSettings> forwarder,
      Set<String> names) {
    List<S> all = new ArrayList<>();
    for (Section section : root.sections(key)) {
      S settings = read.apply(section);
      checkName(forwarder.apply(settings), section, names);
      all.add(settings);
    }
    return all;
  }

  private static void checkName(
      ForwarderSettings settings, Section section, Set<String> forwarders) {
    if (!forwarders.add(settings.name())) {
      section.problem("name", "'" + settings.name() + "' again", "a name used once");
    }
  }

  private static String hash(Path file, List<Path> lists) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(file));
      for (Path list : lists) {
        digest.update(Files.readAllBytes(list));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the settings changed while they were read", e);
    }
  }

  /** Name of the tag that carries a unit's objective. */
  public static String objectiveTag(String unit) {
    return unit + ".objective";
  }

  /** Name of the tag that carries a unit's anomaly score. */
  public static String scoreTag(String unit) {
    return unit + ".anomaly_score";
  }

  private static TagTable tags(List<TagRow> rows, List<Section> units, TagPlaces places) {
    List<Tag> tags = new ArrayList<>(rows.stream().map(TagRow::tag).toList());
    Set<String> names = new HashSet<>(tags.stream().map(Tag::name).toList());
    for (Section unit : units) {
      String name = unit.text("name");
      if (names.add(objectiveTag(name)) && names.add(scoreTag(name))) {
        tags.add(
            calculated(
                places,
                objectiveTag(name),
                new Unit(unit.section("objective").text("unit", "")),
                new Label("Objective", "목적함수")));
        tags.add(
            calculated(
                places,
                scoreTag(name),
                Unit.NONE,
                new Label("Anomaly score (1 = threshold)", "이상 점수 (1 = 임계값)")));
      } else {
        unit.problem(
            "name",
            "'" + name + "'",
            "a name used once; "
                + objectiveTag(name)
                + " and "
                + scoreTag(name)
                + " are calculated by the gateway");
      }
    }
    return new TagTable(tags);
  }

  private static Tag calculated(TagPlaces places, String name, Unit unit, Label description) {
    return places.keep(
        new Tag(
            places.index(name), name, CALCULATED, Kind.NUMBER, unit, Range.ALL, description, null));
  }

  private static List<UnitSettings> units(List<Section> sections, TagTable tags) {
    List<UnitSettings> units = new ArrayList<>();
    UnitReader reader = new UnitReader(tags);
    for (Section section : sections) {
      PlantUnit unit = reader.read(section);
      LoopSettings loop = LoopSettings.read(section.section("loop"), tags);
      check(section.section("loop"), unit, loop);
      AnalyticsSettings analytics = AnalyticsSettings.read(section.section("analytics"), unit);
      checkRecording(section, unit, analytics);
      units.add(new UnitSettings(unit, analytics, loop));
      section.done();
    }
    return units;
  }

  /** What is learnt from holds the last stored value, and for no longer than lookBack. */
  private static void checkRecording(Section section, PlantUnit unit, AnalyticsSettings analytics) {
    for (Tag tag : unit.tags()) {
      Recording recording = tag.recording();
      boolean rare = recording.maxInterval().compareTo(analytics.lookBack()) > 0;
      if (recording.swings() || (!recording.isEverything() && rare)) {
        section.problem(
            "analytics",
            "the tag " + tag.name() + ", which is not stored often enough to be learnt from",
            "a tag without swing, and with max_interval at most the lookBack of "
                + Section.show(analytics.lookBack()));
      }
    }
  }

  private static void check(Section section, PlantUnit unit, LoopSettings loop) {
    @Nullable HandshakeSettings handshake = loop.handshake();
    if (loop.mode().writes() && !section.has("handshake")) {
      section.problem(
          "mode",
          "'" + Section.show(loop.mode()) + "' without a handshake",
          "observe or advise, or a section handshake: without one nothing is ever written");
    }
    if (handshake != null
        && unit.manipulated().stream()
            .anyMatch(mv -> mv.setpoint().equals(handshake.heartbeat()))) {
      section.problem(
          "handshake",
          "the heartbeat " + handshake.heartbeat().name() + ", which is manipulated too",
          "a heartbeat tag of its own");
    }
  }

  /**
   * The tag lists, read once more as they stand in their files.
   *
   * @throws ConfigException when they have changed since and have mistakes now
   */
  public TagLists tagLists() throws ConfigException {
    Problems problems = new Problems();
    TagLists lists = TagLists.read(SettingsFile.read(file, new Overrides(Map.of()), problems));
    problems.throwIfAny();
    return lists;
  }

  /** Makes the data folder, readable by its owner alone where it is made here, and returns it. */
  public Path makeDataFolder() throws IOException {
    if (!Files.isDirectory(data)) {
      Files.createDirectories(data);
      if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(
            data, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
      }
    }
    return data;
  }

  /** One line for people. */
  public String summary() {
    long writable = tags.all().stream().filter(Tag::writable).count();
    return file
        + ": site "
        + name
        + (simulated ? " (simulated)" : "")
        + ", "
        + devices.size()
        + " devices, "
        + tags.size()
        + " tags of which "
        + writable
        + " writable, "
        + units.size()
        + (units.size() == 1 ? " unit" : " units")
        + "; no mistakes";
  }
}
