package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service manager hears of a gateway, with socat in its place. */
class SystemdIT {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern STATE = Pattern.compile("[A-Z]+=1");

  @TempDir Path folder;

  private Process listen(Path socket, Path heard) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat is not installed");
    return new ProcessBuilder("socat", "-u", "UNIX-RECV:" + socket, "CREATE:" + heard).start();
  }

  private static List<String> states(Path heard) throws IOException {
    List<String> states = new ArrayList<>();
    Matcher matcher = STATE.matcher(Files.exists(heard) ? Files.readString(heard) : "");
    while (matcher.find()) {
      states.add(matcher.group());
    }
    return states;
  }

  private GatewayProcess run(Path socket) throws IOException {
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "name: alone\nconsole: {port: 0}\nhistorian: {folder: data/history, keepFreeMb: 64}\n");
    return GatewayProcess.start(
        folder.resolve("log"),
        Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "600000"),
        "run",
        site.toString());
  }

  @Test
  void aGatewayIsReadyThenAliveThenStopping() throws Exception {
    Path socket = folder.resolve("notify");
    Path heard = folder.resolve("heard");
    Process listener = listen(socket, heard);
    try {
      Await.until("socat listens", SOON, () -> Files.exists(socket));
      try (GatewayProcess gateway = run(socket)) {
        gateway.consoleUrl(START);
        Await.until(
            "it is alive",
            SOON,
            () -> states(heard).stream().filter("WATCHDOG=1"::equals).count() > 2);
        assertEquals(1, states(heard).stream().filter("READY=1"::equals).count());
        assertFalse(states(heard).contains("STOPPING=1"));
        gateway.terminate();
        assertEquals(143, gateway.exitCode(START));
        Await.until("it stops", SOON, () -> states(heard).contains("STOPPING=1"));
      }
    } finally {
      listener.destroy();
    }
  }
}
