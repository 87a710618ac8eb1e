package io.deungdae.control;

import io.deungdae.control.cli.RootCommand;

/** Starts the program. */
public final class DeungdaeMain {

  private DeungdaeMain() {}

  /**
   * Runs the command line and exits with its code: 0 well, 2 wrong settings or arguments, 1 our
   * fault.
   */
  public static void main(String[] args) {
    System.exit(RootCommand.execute(args));
  }
}
