package io.deungdae.collector.forward;

/** Why a row is sent when it is. */
public enum Lane {
  /** It has just arrived. */
  LIVE,
  /** It has waited: for a receiver that was away, or for a gateway that was. */
  BACKLOG
}
