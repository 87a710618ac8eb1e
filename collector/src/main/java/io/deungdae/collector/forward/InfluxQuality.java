package io.deungdae.collector.forward;

/** Which rows tell InfluxDB their quality. */
public enum InfluxQuality {
  /** All. */
  ALL,
  /** Those that are not simply good; where there is none, it was good. Costs the server less. */
  NOT_GOOD
}
