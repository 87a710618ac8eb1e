package io.deungdae.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keeping a process running, with shells in the place of gateways. */
@Timeout(30)
class GatewayKeeperIT {

  private final List<String> said = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  private GatewayKeeper keep(String script) throws IOException {
    return new GatewayKeeper(
        new ProcessBuilder("sh", "-c", script).directory(folder.toFile()),
        folder.resolve("log"),
        said::add,
        Clock.system());
  }

  @Test
  void oneThatWasKilledIsStartedAgainAndItIsSaid() throws Exception {
    try (GatewayKeeper keeper =
        keep("echo started; if [ -e died ]; then exit 0; else touch died; kill -9 $$; fi")) {
      assertEquals(0, keeper.waitFor());
    }
    assertEquals(List.of("the gateway died (code 137); starting it again"), said);
    assertEquals(2, Files.readAllLines(folder.resolve("log")).size());
  }

  @Test
  void oneThatCouldNotStartIsNotTriedAgain() throws Exception {
    try (GatewayKeeper keeper = keep("exit 2")) {
      assertEquals(2, keeper.waitFor());
    }
    assertTrue(said.isEmpty(), said.toString());
  }

  @Test
  void stoppingEndsItForGood() throws Exception {
    GatewayKeeper keeper = keep("exec sleep 60");
    assertFalse(keeper.endsWithin(50, TimeUnit.MILLISECONDS));
    keeper.close();
    assertTrue(keeper.endsWithin(1, TimeUnit.SECONDS));
    assertTrue(said.isEmpty(), said.toString());
  }
}
