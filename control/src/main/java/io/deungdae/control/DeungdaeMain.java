package io.deungdae.control;

import io.deungdae.control.cli.RootCommand;

/** Starts the program. */
public final class DeungdaeMain {

  private DeungdaeMain() {}

  /**
   * Runs the command line and exits with its code: 0 well, 1 it could not be done, 2 wrong settings
   * or arguments.
   */
  public static void main(String[] args) {
    System.exit(RootCommand.execute(args));
  }
}
