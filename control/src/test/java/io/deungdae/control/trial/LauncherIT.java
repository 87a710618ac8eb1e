package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a distribution whose one jar points at the classes under test. */
class LauncherIT {

  private static final Duration START = Duration.ofSeconds(90);
  private static final String MEMORY = "DEUNGDAE_MEMORY=-Xmx256m -XX:TieredStopAtLevel=1";
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path site = Path.of("");

  @BeforeEach
  void unpack() throws IOException {
    Files.copy(Path.of("..", "deungdae"), folder.resolve("deungdae"));
    Path jars = Files.createDirectories(folder.resolve("lib/gateway"));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(GatewayProcess.classPath().split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
                .collect(Collectors.joining(" ")));
    try (OutputStream out = Files.newOutputStream(jars.resolve("gateway.jar"))) {
      new JarOutputStream(out, manifest).close();
    }
    site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "name: alone\nconsole: {port: 0}\nhistorian: {folder: data/history, keepFreeMb: 64}\n");
  }

  private GatewayProcess launch(String log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("env", MEMORY, "sh", folder.resolve("deungdae").toString(), "run"));
    command.addAll(List.of(arguments));
    return GatewayProcess.started(command, folder.resolve(log));
  }

  private static ProcessHandle java(GatewayProcess launcher) {
    return launcher
        .handle()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aKilledGatewayComesBackAndAStoppedOneStaysDown() throws Exception {
    try (GatewayProcess launcher = launch("run.log", site.toString())) {
      launcher.consoleUrl(START);
      ProcessHandle first = java(launcher);
      assertTrue(first.destroyForcibly());
      Await.until(
          "it says so", SOON, () -> launcher.said().contains("the gateway died (code 137)"));
      Await.until("it is up again", START, () -> launcher.said().split("console at").length == 3);
      ProcessHandle second = java(launcher);
      assertFalse(second.equals(first));
      new ProcessBuilder("kill", "-HUP", "" + launcher.handle().pid()).start().waitFor();
      Await.until("it reads its settings again", SOON, () -> launcher.said().contains("SIGHUP"));
      assertTrue(second.isAlive());

      launcher.terminate();
      int code = launcher.exitCode(SOON);
      assertTrue(code == 0 || code == 143, "exit code " + code);
      assertFalse(second.isAlive(), "the gateway went with its launcher");
      assertTrue(launcher.said().contains("gateway stops"), "in order: " + launcher.said());
    }
  }

  @Test
  void whatCannotStartIsNotTriedAgain() throws Exception {
    try (GatewayProcess launcher = launch("wrong.log", folder.resolve("no.yaml").toString())) {
      assertEquals(2, launcher.exitCode(START), launcher.said());
      assertFalse(launcher.said().contains("again in"), launcher.said());
    }
  }

  @Test
  void withNoRestartTheLauncherIsTheGateway() throws Exception {
    try (GatewayProcess launcher = launch("no-restart.log", site.toString(), "--no-restart")) {
      Await.until(
          "the process is Java's",
          START,
          () -> launcher.handle().info().command().orElse("").endsWith("java"));
      launcher.kill();
      assertEquals(137, launcher.exitCode(SOON));
      assertFalse(launcher.said().contains("again in"), launcher.said());
    }
  }
}
