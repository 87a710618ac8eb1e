package io.deungdae.control.cli;

import java.io.Console;
import java.lang.reflect.Method;
import java.util.Optional;

/** Whether a person sits at the other end. */
final class Terminal {

  private Terminal() {}

  /** The terminal; empty when input or output is a file or a pipe. */
  @SuppressWarnings("SystemConsoleNull") // what it means from Java 22 on is asked for below
  static Optional<Console> console() {
    Console console = System.console();
    return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
  }

  /** From Java 22 on there always is a console, which knows whether it is a terminal. */
  private static boolean isTerminal(Console console) {
    try {
      Method method = Console.class.getMethod("isTerminal");
      return Boolean.TRUE.equals(method.invoke(console));
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
