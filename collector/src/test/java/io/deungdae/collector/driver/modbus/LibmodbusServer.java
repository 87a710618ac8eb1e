package io.deungdae.collector.driver.modbus;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server in {@code src/test/c}, compiled when a test needs it, in a process of its own. */
final class LibmodbusServer implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final int port;

  private LibmodbusServer(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    String first = out.readLine();
    if (first == null || !first.startsWith("listening ")) {
      throw new IOException("the server did not start: " + first);
    }
    this.port = Integer.parseInt(first.substring("listening ".length()));
  }

  /** Compiles it; empty where gcc or libmodbus is missing. */
  static Optional<Path> compile() throws IOException, InterruptedException {
    return CProgram.compile("modbus_server", "$(pkg-config --cflags --libs libmodbus)");
  }

  /** Starts it on a port, 0 for any. */
  static LibmodbusServer start(int port) throws IOException {
    return start(Integer.toString(port));
  }

  /** Starts it as one unit on a serial line. */
  static LibmodbusServer onLine(String tty, int unit) throws IOException {
    return start("rtu", tty, Integer.toString(unit));
  }

  private static LibmodbusServer start(String... arguments) throws IOException {
    return new LibmodbusServer(CProgram.start("modbus_server", arguments));
  }

  int port() {
    return port;
  }

  /** The content of a holding register. */
  int register(int address) throws IOException {
    return Integer.parseInt(ask("hr " + address));
  }

  /** The content of a coil. */
  int coil(int address) throws IOException {
    return Integer.parseInt(ask("co " + address));
  }

  /** Sets a cell; table hr, ir, co or di. */
  void set(String table, int address, int value) throws IOException {
    ask("set " + table + " " + address + " " + value);
  }

  /** Sets holding registers one after another. */
  void setRegisters(int address, int... words) throws IOException {
    for (int i = 0; i < words.length; i++) {
      set("hr", address + i, words[i]);
    }
  }

  private String ask(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("the server has gone");
    }
    return answer;
  }

  /** Ends it at once, as a power cut would. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
