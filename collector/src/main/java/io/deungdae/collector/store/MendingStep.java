package io.deungdae.collector.store;

/** How far putting a damaged history in order has come; from each of them it is taken up again. */
enum MendingStep {
  /** It is noted that files are going to be put aside. */
  NOTED,
  /** Some of the files are aside. */
  HALF_ASIDE,
  /** All of them are, and on disk. */
  ASIDE,
  /** What the rows are to be put into is empty. */
  EMPTY,
  /** The rows are in the write-ahead log, not in the table. */
  POURED,
  /** The rows are where they belong. */
  BACK,
  /** It is told. */
  TOLD
}
