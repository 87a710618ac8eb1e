package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks around in a device that can tell what it has, on a link of its own. Only reads.
 *
 * <p>Used by one thread. All waits are bounded by the device's time-out.
 */
public interface Browser extends AutoCloseable {

  /**
   * Walks through everything below a place that can be a tag, depth first.
   *
   * @param from address of the place, in the words of the protocol; empty for everything
   * @param most ends after so many, from 1
   * @param out takes each as it is found
   * @return true when all was seen, false when {@code most} ended it
   * @throws DeviceException when the link is gone or there is no such place
   */
  boolean browse(String from, int most, Consumer<Found> out) throws DeviceException;

  /** Drops the link. Never throws; calling it twice is harmless. */
  @Override
  void close();

  /**
   * Something that can be a tag.
   *
   * @param path names from the outermost to its own, as the device calls them
   * @param address for a tag list
   * @param type for a tag list, or the device's own word where no type of a tag list fits
   * @param usable false when no tag can carry such values
   * @param unit engineering unit as the device tells it; empty when it tells none
   * @param range range as the device tells it; {@link Range#ALL} when it tells none
   * @param description as the device tells it
   * @param writable true when the device would let us write; a tag is writable only when its tag
   *     list says so
   */
  record Found(
      List<String> path,
      String address,
      String type,
      boolean usable,
      String unit,
      Range range,
      Label description,
      boolean writable) {
    public Found {
      path = List.copyOf(path);
    }
  }
}
