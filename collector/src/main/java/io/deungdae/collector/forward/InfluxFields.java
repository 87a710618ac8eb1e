package io.deungdae.collector.forward;

/** What names the fields in InfluxDB. */
public enum InfluxFields {
  /** A point for each row: the fields are {@code value} and {@code quality}. */
  VALUE,
  /**
   * A point for all rows of one time that have the same InfluxDB tags: each field has the name of
   * its tag. Costs the server a fraction.
   */
  TAG
}
