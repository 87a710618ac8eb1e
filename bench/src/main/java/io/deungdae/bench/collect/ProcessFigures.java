package io.deungdae.bench.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has cost so far, as the system counts it. Linux only.
 *
 * @param process the process; its children are not counted
 */
record ProcessFigures(ProcessHandle process) {

  /** Processor time used so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Memory in RAM, MiB. */
  long residentMb() throws IOException {
    return number("status", "VmRSS:") / 1024;
  }

  /** The most memory it ever had in RAM, MiB. */
  long peakMb() throws IOException {
    return number("status", "VmHWM:") / 1024;
  }

  /** Bytes it has sent to the disk so far. */
  long writtenBytes() throws IOException {
    return number("io", "write_bytes:");
  }

  private long number(String file, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/" + file))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + key + " for process " + process.pid());
  }
}
