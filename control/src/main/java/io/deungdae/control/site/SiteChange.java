package io.deungdae.control.site;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the settings in force and another reading of them: what can be changed
 * while the gateway runs, what cannot, and the settings that are in force after it. Forwarders,
 * devices and their tags can be changed, as long as units and deliveries keep the tags they use.
 * Immutable.
 */
public final class SiteChange {

  /** Keys that are compared device by device, tag by tag, and forwarder by forwarder. */
  private static final Set<String> IN_PARTS = inParts();

  private static final Label RESTART =
      new Label("Takes effect when the gateway is started again.", "게이트웨이를 다시 시작해야 적용됩니다.");

  private final SiteSettings old;
  private final SiteSettings next;
  private final Map<String, DeviceChange> devices = new LinkedHashMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> leftAlone = new LinkedHashSet<>();

  private SiteChange(SiteSettings old, SiteSettings next) {
    this.old = old;
    this.next = next;
  }

  private static Set<String> inParts() {
    Set<String> keys = new TreeSet<>(SiteSources.FORWARDERS);
    keys.addAll(List.of("devices", "tags", "templates", "path"));
    return keys;
  }

  /**
   * Compares.
   *
   * @param old what is in force
   * @param next what was read with {@link SiteSettings#readAgain}
   * @param objection why a device cannot be stopped now; empty when it can
   */
  public static SiteChange between(
      SiteSettings old, SiteSettings next, Function<DeviceChange, Optional<Label>> objection) {
    SiteChange change = new SiteChange(old, next);
    change.compareSections();
    change.compareDevices();
    change.protectUsedTags();
    change.askWhoObjects(objection);
    change.protectNamesThatAreStillTaken();
    return change;
  }

  /** The devices that are added, removed or changed, those left alone not among them. */
  public List<DeviceChange> devices() {
    return devices.values().stream().filter(d -> !leftAlone.contains(d.device())).toList();
  }

  /**
   * Keys of the forwarders that are added, removed or changed, see {@link SiteSources#forwarder}.
   * Sparkplug's tell what tags there are; they are changed with every tag.
   */
  public Set<String> forwarders() {
    Map<String, String> before = old.sources().forwarders();
    Map<String, String> after = next.sources().forwarders();
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    boolean tags = devices().stream().anyMatch(DeviceChange::tags);
    keys.removeIf(
        key ->
            Objects.equals(before.get(key), after.get(key))
                && !(tags && key.startsWith("sparkplug.")));
    return keys;
  }

  /** What cannot be changed now. */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** True when there is nothing to do and nothing to refuse. */
  public boolean isEmpty() {
    return devices.isEmpty() && refusals.isEmpty() && forwarders().isEmpty();
  }

  // ---- comparing

  private void compareSections() {
    Set<String> keys = new TreeSet<>(old.sources().sections().keySet());
    keys.addAll(next.sources().sections().keySet());
    keys.removeAll(IN_PARTS);
    for (String key : keys) {
      if (!old.sources().section(key).equals(next.sources().section(key))) {
        refusals.add(new Refusal(key, RESTART));
      }
    }
  }

  private void compareDevices() {
    Map<String, DeviceSettings> before = enabled(old);
    Map<String, DeviceSettings> after = enabled(next);
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    Map<String, int[]> tags = countTags();
    for (String name : names) {
      int[] counts = tags.getOrDefault(name, new int[3]);
      boolean settings =
          !old.sources()
              .devices()
              .getOrDefault(name, "")
              .equals(next.sources().devices().getOrDefault(name, ""));
      if (!before.containsKey(name)) {
        add(name, DeviceChange.Kind.ADDED, settings, counts);
      } else if (!after.containsKey(name)) {
        add(name, DeviceChange.Kind.REMOVED, settings, counts);
      } else if (settings || counts[0] + counts[1] + counts[2] > 0) {
        add(name, DeviceChange.Kind.CHANGED, settings, counts);
      }
    }
  }

  private void add(String name, DeviceChange.Kind kind, boolean settings, int[] counts) {
    devices.put(name, new DeviceChange(name, kind, settings, counts[0], counts[1], counts[2]));
  }

  /** For each device: added, removed, changed. */
  private Map<String, int[]> countTags() {
    Map<String, int[]> counts = new HashMap<>();
    Map<String, TagRow> before = old.sources().rows();
    Map<String, TagRow> after = next.sources().rows();
    after.forEach(
        (name, row) -> {
          TagRow was = before.get(name);
          if (was == null || !was.tag().device().equals(row.tag().device())) {
            count(counts, row, 0);
          } else if (!row.means(was)) {
            count(counts, row, 2);
          }
        });
    before.forEach(
        (name, row) -> {
          TagRow is = after.get(name);
          if (is == null || !is.tag().device().equals(row.tag().device())) {
            count(counts, row, 1);
          }
        });
    return counts;
  }

  private static void count(Map<String, int[]> counts, TagRow row, int what) {
    counts.computeIfAbsent(row.tag().device(), device -> new int[3])[what]++;
  }

  private static Map<String, DeviceSettings> enabled(SiteSettings site) {
    Map<String, DeviceSettings> devices = new LinkedHashMap<>();
    for (DeviceSettings device : site.devices()) {
      if (device.enabled()) {
        devices.put(device.name(), device);
      }
    }
    return devices;
  }

  // ---- what cannot be changed

  /** Units and deliveries hold tags as they were when the gateway started. */
  private void protectUsedTags() {
    old.sources()
        .users()
        .forEach(
            (name, users) -> {
              Tag was = old.tags().find(name).orElse(null);
              Tag is = next.tags().find(name).orElse(null);
              if (was != null && !was.equals(is)) {
                String by = String.join(", ", new TreeSet<>(users));
                refuse(
                    was.device(),
                    "tag " + name,
                    new Label(
                        "It is used by " + by + "; takes effect when the gateway is started again.",
                        by + "에서 사용 중이므로 게이트웨이를 다시 시작해야 적용됩니다."));
                if (is != null) {
                  leftAlone.add(is.device());
                }
              }
            });
    Map<String, DeviceSettings> before = all(old);
    for (DeviceSettings device : next.devices()) {
      DeviceSettings was = before.get(device.name());
      if (was != null && isUsed(was) && differsForControl(was, device)) {
        refuse(device.name(), "device " + device.name() + ": simulated or enabled", RESTART);
      }
    }
  }

  private static boolean differsForControl(DeviceSettings was, DeviceSettings is) {
    return was.simulated() != is.simulated() || was.enabled() != is.enabled();
  }

  private boolean isUsed(DeviceSettings device) {
    return device.tags().stream().anyMatch(tag -> !old.sources().usersOf(tag.name()).isEmpty());
  }

  private void askWhoObjects(Function<DeviceChange, Optional<Label>> objection) {
    for (DeviceChange change : devices()) {
      objection
          .apply(change)
          .ifPresent(why -> refuse(change.device(), "device " + change.device(), why));
    }
  }

  /** A tag cannot move to another device as long as the one that has it is left alone. */
  private void protectNamesThatAreStillTaken() {
    boolean more = !leftAlone.isEmpty();
    while (more) {
      more = false;
      Set<String> taken = new TreeSet<>();
      for (DeviceSettings device : old.devices()) {
        if (leftAlone.contains(device.name())) {
          device.tags().forEach(tag -> taken.add(tag.name()));
        }
      }
      for (DeviceSettings device : next.devices()) {
        boolean clashes = device.tags().stream().anyMatch(tag -> taken.contains(tag.name()));
        if (clashes && !leftAlone.contains(device.name())) {
          refuse(device.name(), "device " + device.name(), RESTART);
          more = true;
        }
      }
    }
  }

  private void refuse(String device, String what, Label why) {
    leftAlone.add(device);
    refusals.add(new Refusal(what, why));
  }

  // ---- the result

  /**
   * The settings in force when everything was changed that can be: devices that are not changed,
   * and those left alone, are the very objects of before.
   */
  public SiteSettings result() {
    List<DeviceSettings> devicesAfter = devicesAfter();
    Map<String, TagRow> rows = new LinkedHashMap<>();
    List<Tag> tags = new ArrayList<>();
    for (DeviceSettings device : devicesAfter) {
      boolean before = leftAlone.contains(device.name());
      for (Tag tag : device.tags()) {
        TagRow row = (before ? old : next).sources().rows().get(tag.name());
        if (row != null) {
          rows.put(tag.name(), row);
        }
        tags.add(tag);
      }
    }
    old.tags().ofDevice(SiteSettings.CALCULATED).forEach(tags::add);
    return old.with(
        devicesAfter,
        new TagTable(tags),
        next,
        refusals.isEmpty() ? next.hash() : next.hash() + " in part",
        new SiteSources(
            old.sources().overrides(),
            old.sources().sections(),
            textsAfter(),
            next.sources().forwarders(),
            rows,
            old.sources().users()));
  }

  private List<DeviceSettings> devicesAfter() {
    Map<String, DeviceSettings> before = all(old);
    List<DeviceSettings> after = new ArrayList<>();
    for (DeviceSettings device : next.devices()) {
      @Nullable DeviceSettings was = before.remove(device.name());
      boolean stays =
          leftAlone.contains(device.name())
              || (device.enabled() && !devices.containsKey(device.name()));
      if (was != null && stays) {
        after.add(was);
      } else if (!leftAlone.contains(device.name())) {
        after.add(device);
      }
    }
    before.values().stream()
        .filter(device -> leftAlone.contains(device.name()))
        .forEach(after::add);
    return after;
  }

  private Map<String, String> textsAfter() {
    Map<String, String> texts = new LinkedHashMap<>(next.sources().devices());
    for (String name : leftAlone) {
      String was = old.sources().devices().get(name);
      if (was == null) {
        texts.remove(name);
      } else {
        texts.put(name, was);
      }
    }
    return texts;
  }

  private static Map<String, DeviceSettings> all(SiteSettings site) {
    Map<String, DeviceSettings> devices = new LinkedHashMap<>();
    site.devices().forEach(device -> devices.put(device.name(), device));
    return devices;
  }
}
