package io.deungdae.control.cli;

import io.deungdae.control.backup.BackupProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Says how far something is, on a line for each step and each tenth of it. Used by one thread. */
final class ProgressLine implements BackupProgress {

  private final PrintWriter out;
  private String said = "";

  ProgressLine(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void at(String step, long done, long all) {
    long tenths = all <= 0 ? 10 : Math.min(10, 10 * done / all);
    String now = step + " " + tenths;
    if (!now.equals(said) && !step.isEmpty()) {
      said = now;
      out.println(
          String.format(Locale.ROOT, "%-15s %3d %%  %,d of %,d", step, 10 * tenths, done, all));
      out.flush();
    }
  }
}
