package io.deungdae.control.audit;

import org.jspecify.annotations.Nullable;

/**
 * What verifying the audit log found.
 *
 * @param records how many records are sound, from the first one on
 * @param head where the sound part ends
 * @param broken the first thing that is wrong, or null when all is sound
 */
public record AuditReport(long records, AuditHead head, @Nullable Broken broken) {

  /** True when nothing is wrong. */
  public boolean sound() {
    return broken == null;
  }

  /**
   * Where the chain breaks.
   *
   * @param file name of the file
   * @param line line in it, from 1
   * @param why what is wrong there
   */
  public record Broken(String file, int line, String why) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + why;
    }
  }
}
