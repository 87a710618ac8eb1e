package io.deungdae.control.backup;

/** Is told how far a backup or a restore is. Called by the thread that does it, often. */
@FunctionalInterface
public interface BackupProgress {

  /**
   * How far it is.
   *
   * @param step what is being done, in a word or two
   * @param done rows or files dealt with in this step
   * @param all how many there are about
   */
  void at(String step, long done, long all);
}
