package io.deungdae.collector.driver.modbus;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A serial device server: socat, between TCP and a serial line. */
final class DeviceServer implements AutoCloseable {

  private final Process process;
  private final int port;

  DeviceServer(String tty) throws IOException {
    port = TlsRelay.freePort();
    process =
        new ProcessBuilder(
                "socat",
                "-t0.01", // who hangs up leaves the line at once
                "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork",
                "FILE:" + tty + ",raw,echo=0")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    TlsRelay.awaitListening(port);
  }

  static boolean isPossible() throws InterruptedException {
    try {
      Process socat =
          new ProcessBuilder("socat", "-V").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return socat.waitFor(10, TimeUnit.SECONDS) && socat.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
