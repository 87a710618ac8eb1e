package io.deungdae.collector.driver.modbus;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A bus of pseudo-terminals: the gateway's end, and one for each unit. */
final class SerialBus implements AutoCloseable {

  private final Process process;
  private final List<String> ends = new ArrayList<>();

  SerialBus(int units) throws IOException {
    process = CProgram.start("serial_bus", Integer.toString(units + 1));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (int i = 0; i <= units; i++) {
      String end = out.readLine();
      if (end == null) {
        throw new IOException("no pseudo-terminals to be had");
      }
      ends.add(end);
    }
  }

  static Optional<Path> compile() throws IOException, InterruptedException {
    return CProgram.compile("serial_bus", "");
  }

  /** Name of the gateway's end. */
  String gateway() {
    return ends.get(0);
  }

  /** Name of a unit's end; units are numbered from 1. */
  String unit(int number) {
    return ends.get(number);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
