package io.deungdae.collector.store;

/**
 * What is kept, and how roll-ups and deletion are doing.
 *
 * @param room how much room there is on the disk, and what is done about it
 * @param refused samples since opening that were not taken because nothing could be written
 * @param rolledUp roll-ups made since opening
 * @param behind rows that the roll-ups have not looked at yet
 * @param rollupError what is wrong with the roll-ups, empty when all is well
 * @param deleted days and months deleted since opening
 * @param oldestMs time of the oldest sample, milliseconds since 1970; -1 when there is none; looked
 *     up about once a minute
 * @param overSize true when the history is larger than it may be and nothing can be deleted
 */
public record KeepStatus(
    Room room,
    long refused,
    long rolledUp,
    long behind,
    String rollupError,
    long deleted,
    long oldestMs,
    boolean overSize) {

  /** What is done as a disk fills up; each stage does what those before it do. */
  public enum Room {
    /** Nothing. */
    ENOUGH,
    /** No roll-ups are made; they are made later from the samples. */
    LITTLE,
    /** The oldest days of samples that all receivers have are deleted. */
    SHORT,
    /** Nothing is written; samples wait in memory, and what does not fit is refused. */
    NONE
  }
}
