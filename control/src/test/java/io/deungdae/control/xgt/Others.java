package io.deungdae.control.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An XGT server or client that other people wrote, as a process with {@code FEnetOthers.cs} around
 * it: it says {@code listening PORT}, takes one command a line on its standard input and answers
 * each in one line. docs/reference/xgt.md says which it is and how to get it.
 */
final class Others implements AutoCloseable {

  private static final String COMMAND = System.getProperty("xgt.others", "");
  private static final String LISTENING = "listening ";

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final int port;

  private Others(List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(COMMAND.split(" ", -1)));
    words.addAll(arguments);
    process = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    String ready = out.readLine();
    assertNotNull(ready, "it ended at once: " + words);
    assertTrue(ready.startsWith(LISTENING), ready);
    port = Integer.parseInt(ready.substring(LISTENING.length()));
  }

  /** Skips the test where none is told. */
  static void assumeThere() {
    assumeTrue(
        !COMMAND.isEmpty(),
        "no XGT server by others is told (-Dxgt.others=\"mono …\", see docs/reference/xgt.md)");
  }

  /**
   * Starts a server, whose memory is then seen and changed past the protocol.
   *
   * @param port TCP port, 0 for any free one
   * @param bits how it names bits, {@code dec} or {@code hex}
   * @param areas which device areas it has and their bytes, {@code D=2000}; none for all
   */
  static Others server(int port, String bits, String... areas) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("server", String.valueOf(port), bits));
    arguments.addAll(List.of(areas));
    return new Others(arguments);
  }

  /** Connects a client to the server on the port. */
  static Others client(int port, String bits) throws IOException {
    return new Others(List.of("client", String.valueOf(port), bits));
  }

  int port() {
    return port;
  }

  /** Sets bytes of a server's area, hexadecimal. */
  void poke(char area, int at, String hex) throws IOException {
    assertEquals("ok", ask("poke " + area + " " + at + " " + hex));
  }

  /** Bytes of a server's area, hexadecimal. */
  String peek(char area, int at, int count) throws IOException {
    return ask("peek " + area + " " + at + " " + count);
  }

  /** Sets the contact of a server's timer or counter. */
  void contact(char area, int number, boolean on) throws IOException {
    assertEquals("ok", ask("contact " + area + " " + number + " " + (on ? 1 : 0)));
  }

  /** Says a command and waits for the answer. */
  String ask(String command) throws IOException {
    in.println(command);
    return String.valueOf(out.readLine());
  }

  /** Kills it, as a power cut would. */
  void kill() {
    process.destroyForcibly();
    PlcRig.await("its death", 10, () -> !process.isAlive());
  }

  @Override
  public void close() {
    kill();
  }
}
