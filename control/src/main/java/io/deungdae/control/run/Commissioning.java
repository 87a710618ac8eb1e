package io.deungdae.control.run;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.api.ApiException;
import io.deungdae.control.api.FoundTags;
import io.deungdae.control.api.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Looks at devices by hand, each time on a link of its own: one at a time for each device, a few at
 * a time in all. Blocks within bounds; any thread that may wait.
 */
final class Commissioning {

  private static final int AT_ONCE = 3;
  private static final int MOST_VALUES = 1_000;
  private static final Duration LONGEST_BROWSE = Duration.ofSeconds(30);

  private final Clock clock;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  Commissioning(Clock clock) {
    this.clock = clock;
  }

  @FunctionalInterface
  private interface Look<T> {
    T at(DeviceSettings device) throws DeviceException;
  }

  /** Reads an address. */
  Wire.ReadingView read(DeviceSettings device, Wire.ReadRequest request) throws DeviceException {
    int count = request.count() == null ? 1 : request.count();
    if (request.address() == null || request.address().isBlank()) {
      throw new ApiException(
          400, "bad-request", new Label("address must be given", "address를 지정해 주십시오"));
    }
    if (count < 1 || count > MOST_VALUES) {
      throw new ApiException(
          400,
          "bad-request",
          new Label(
              "count must be from 1 to " + MOST_VALUES, "count는 1~" + MOST_VALUES + " 범위여야 합니다"));
    }
    String type = request.type() == null ? "" : request.type();
    return alone(device, d -> read(d, request.address(), type, count));
  }

  private Wire.ReadingView read(DeviceSettings device, String address, String type, int count)
      throws DeviceException {
    try (Probe probe = device.spec().probe(clock).orElseThrow(() -> cannot(device))) {
      Probe.Reading reading = probe.read(address, type, count);
      return new Wire.ReadingView(reading.columns(), reading.rows());
    }
  }

  /** Looks around; ends after half a minute, or after {@code most}. */
  Wire.BrowseView browse(DeviceSettings device, String from, int most) throws DeviceException {
    Seen seen = alone(device, d -> look(d, from, most));
    return new Wire.BrowseView(seen.found().stream().map(Commissioning::view).toList(), seen.all());
  }

  /** The same as a tag list. */
  String browseAsTags(DeviceSettings device, String from, int most) throws DeviceException {
    return FoundTags.text(device.name(), alone(device, d -> look(d, from, most)).found());
  }

  /**
   * What was seen.
   *
   * @param found in the order in which it was found
   * @param all false when there is more
   */
  private record Seen(List<Browser.Found> found, boolean all) {}

  private Seen look(DeviceSettings device, String from, int most) throws DeviceException {
    long endNs = clock.nanoTime() + LONGEST_BROWSE.toNanos();
    List<Browser.Found> found = new ArrayList<>();
    boolean all;
    try (Browser browser = device.spec().browser(clock).orElseThrow(() -> cannot(device))) {
      all =
          browser.browse(
              from,
              most,
              one -> {
                found.add(one);
                if (clock.nanoTime() - endNs > 0) {
                  throw new Enough();
                }
              });
    } catch (Enough e) {
      all = false;
    }
    return new Seen(found, all);
  }

  /** The time is over. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("browsing took too long", null, false, false);
    }
  }

  private static Wire.FoundView view(Browser.Found found) {
    return new Wire.FoundView(
        found.path(),
        found.address(),
        found.type(),
        found.usable(),
        found.unit(),
        WireViews.number(found.range().low()),
        WireViews.number(found.range().high()),
        found.description(),
        found.writable());
  }

  private <T> T alone(DeviceSettings device, Look<T> look) throws DeviceException {
    if (!busy.add(device.name())) {
      throw busy();
    }
    try {
      if (!places.tryAcquire()) {
        throw busy();
      }
      try {
        return look.at(device);
      } finally {
        places.release();
      }
    } finally {
      busy.remove(device.name());
    }
  }

  private static ApiException busy() {
    return new ApiException(
        409,
        "busy",
        new Label(
            "Somebody is looking at this device, or at several others; try again.",
            "다른 사용자가 장치를 조회 중입니다. 잠시 후 다시 시도해 주십시오."));
  }

  private static ApiException cannot(DeviceSettings device) {
    return new ApiException(
        409,
        "not-offered",
        new Label(
            "The protocol " + device.protocol() + " does not offer this.",
            device.protocol() + " 프로토콜은 이 기능을 지원하지 않습니다."));
  }
}
