package io.deungdae.collector.driver.scan;

/** What is read in one request, again and again. */
public interface Scan {

  /** How often, nanoseconds; positive. */
  long periodNs();

  /** Where it begins: the order among scans that are due at the same moment. */
  int start();
}
