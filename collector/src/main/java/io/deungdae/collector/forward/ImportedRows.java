package io.deungdae.collector.forward;

/** What a forwarder does with rows that a person has imported from a file. */
public enum ImportedRows {
  /** They stay here: the receiver may have them already, from where they come. */
  SKIP,
  /** They are sent like all others. */
  SEND
}
