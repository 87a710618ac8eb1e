package io.deungdae.collector.driver;

import java.util.List;

/**
 * Looks at single addresses of a device by hand, on a link of its own, for commissioning: what is
 * there, and what would it be if it were read in another way? Only reads.
 *
 * <p>Used by one thread. All waits are bounded by the device's time-out.
 */
public interface Probe extends AutoCloseable {

  /**
   * Reads what is at an address.
   *
   * @param address in the words of the protocol, as in a tag list
   * @param type type on the wire, as in a tag list; empty for every type that fits
   * @param count how many values one after the other, from 1
   * @return a table for people
   * @throws DeviceException when the link is gone, the device refuses, or the address or type is
   *     none; the message says which
   */
  Reading read(String address, String type, int count) throws DeviceException;

  /** Drops the link. Never throws; calling it twice is harmless. */
  @Override
  void close();

  /**
   * What was read.
   *
   * @param columns names of the columns
   * @param rows texts, each with one cell for each column; empty where there is nothing
   */
  record Reading(List<String> columns, List<List<String>> rows) {
    public Reading {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }
}
