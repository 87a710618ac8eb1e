package io.deungdae.collector.driver.modbus;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * TLS in front of a server: socat, with OpenSSL, which asks for a certificate of its own authority.
 * The files are made by openssl.
 */
final class TlsRelay implements AutoCloseable {

  private static final String MAKE_FILES =
      """
      set -e
      ca() {
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=$1" -keyout $1.key -out $1.pem
      }
      end() {
        openssl req -newkey rsa:2048 -nodes -subj "/CN=$1" -keyout $1.key -out $1.csr
        echo "subjectAltName=$3" > $1.ext
        openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -days 2 -extfile $1.ext -out $1.pem
      }
      ca authority
      ca other
      end plc authority IP:127.0.0.1
      end elsewhere authority DNS:elsewhere.example
      end gateway authority DNS:gateway
      end stranger other DNS:stranger
      """;

  private final Path folder;
  private final Process plc;
  private final Process elsewhere;
  private final int port;
  private final int elsewherePort;

  TlsRelay(Path folder, int target) throws IOException, InterruptedException {
    this.folder = folder;
    run(folder, "sh", "-c", MAKE_FILES);
    port = freePort();
    plc = socat(port, "plc", target);
    elsewherePort = freePort();
    elsewhere = socat(elsewherePort, "elsewhere", target);
    awaitListening(port);
    awaitListening(elsewherePort);
  }

  static boolean isPossible() throws InterruptedException {
    try {
      run(Path.of("."), "socat", "-V");
      run(Path.of("."), "openssl", "version");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command[0] + " failed");
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process socat(int at, String name, int target) throws IOException {
    return new ProcessBuilder(
            "socat",
            "OPENSSL-LISTEN:"
                + at
                + ",bind=127.0.0.1,reuseaddr,fork,cert="
                + name
                + ".pem,key="
                + name
                + ".key,cafile=authority.pem,verify=1,openssl-min-proto-version=TLS1.2",
            "TCP:127.0.0.1:" + target)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), name + ".log"))
        .start();
  }

  static void awaitListening(int port) throws IOException {
    for (int i = 0; i < 500; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    throw new IOException("socat does not listen");
  }

  int port() {
    return port;
  }

  /** Settings of a device that shows the certificate of that name. */
  String settings(String who) {
    return settings(who, "plc");
  }

  /** Settings of a device behind the relay that shows the certificate {@code as}. */
  String settings(String who, String as) {
    return "port: "
        + (as.equals("plc") ? port : elsewherePort)
        + ", tls: {enabled: true, ca: "
        + folder.resolve("authority.pem")
        + ", cert: "
        + folder.resolve(who + ".pem")
        + ", key: "
        + folder.resolve(who + ".key")
        + "}";
  }

  @Override
  public void close() {
    plc.descendants().forEach(ProcessHandle::destroyForcibly);
    plc.destroyForcibly();
    elsewhere.descendants().forEach(ProcessHandle::destroyForcibly);
    elsewhere.destroyForcibly();
  }
}
