package io.deungdae.collector.forward;

/** Which InfluxDB it is; they differ in where to write and how to say who one is. */
public enum InfluxVersion {
  /** 1.x: database and retention policy; user and password. */
  V1,
  /** 2.x: organisation and bucket; token. */
  V2,
  /** 3.x: database; token. Written through its interface for clients of 2.x. */
  V3
}
