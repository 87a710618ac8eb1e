package io.deungdae.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The server in {@code src/main/c}, on libmodbus, in a process of its own, so that its cost is not
 * ours. Needs gcc and libmodbus.
 */
final class ModbusServer implements AutoCloseable {

  private static final Path SOURCE = Path.of("src/main/c/modbus_bench_server.c");

  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final int port;

  ModbusServer() throws IOException, InterruptedException {
    process = new ProcessBuilder(program().toString(), "0").start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
    port = (int) number("listening");
  }

  private static Path program() throws IOException, InterruptedException {
    Path bench = Files.exists(SOURCE) ? Path.of(".") : Path.of("bench");
    Path program = bench.resolve("target/modbus_bench_server").toAbsolutePath();
    Files.createDirectories(program.getParent());
    Process gcc =
        new ProcessBuilder(
                "sh",
                "-c",
                "gcc -O2 -o "
                    + program
                    + " "
                    + bench.resolve(SOURCE)
                    + " $(pkg-config --cflags --libs libmodbus)")
            .inheritIO()
            .start();
    if (gcc.waitFor() != 0) {
      throw new IOException("the server needs gcc, pkg-config and libmodbus-dev");
    }
    return program;
  }

  int port() {
    return port;
  }

  private void say(String command) throws IOException {
    in.write(command + "\n");
    in.flush();
  }

  private long number(String word) throws IOException {
    String line = out.readLine();
    if (line == null || !line.startsWith(word + " ")) {
      throw new IOException("the server said: " + line);
    }
    return Long.parseLong(line.substring(word.length() + 1));
  }

  /** Processor time it has used, nanoseconds. */
  long cpuNs() throws IOException {
    say("cpu");
    return number("cpu");
  }

  /** Keeps from now on what is written to a float. */
  void watch(int address) throws IOException {
    say("watch " + address);
  }

  /** When each value arrived, by its monotonic clock, which on Linux is the JVM's. */
  Map<Long, Long> writes() throws IOException {
    say("writes");
    Map<Long, Long> writes = new HashMap<>();
    for (long left = number("writes"); left > 0; left--) {
      String[] words = out.readLine().split(" ", 2);
      writes.put(Long.parseLong(words[0]), Long.parseLong(words[1]));
    }
    return writes;
  }

  /** Begins to change a register to 1, 2, …; {@link #pulses} waits for the end. */
  void pulse(int address, int count, int everyMicros) throws IOException {
    say("pulse " + address + " " + count + " " + everyMicros);
  }

  /** When the register became 1, 2, …. */
  long[] pulses() throws IOException {
    long[] times = new long[(int) number("pulses")];
    for (int i = 0; i < times.length; i++) {
      times[i] = Long.parseLong(out.readLine());
    }
    return times;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
