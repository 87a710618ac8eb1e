package io.deungdae.collector.driver.scan;

import java.time.Duration;

/** Something that lies in neighbouring cells of a device and is read with a period. */
public interface Placed {

  /** Number of its area; cells of two areas are never read together. */
  int area();

  /** First cell it takes. */
  int start();

  /** One after the last cell it takes. */
  int end();

  /** How often it is read. */
  Duration period();
}
