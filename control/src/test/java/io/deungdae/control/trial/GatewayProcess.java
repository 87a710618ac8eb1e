package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway's program in a process of its own, with what it says in a file. */
final class GatewayProcess implements AutoCloseable {

  private static final Pattern CONSOLE = Pattern.compile("console at (http://\\S+)");

  private final Process process;
  private final Path log;

  private GatewayProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the program with these arguments. */
  static GatewayProcess start(Path log, String... arguments) throws IOException {
    return start(log, Map.of(), arguments);
  }

  /** Starts the program with more in its environment. */
  static GatewayProcess start(Path log, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(java());
    command.add("io.deungdae.control.DeungdaeMain");
    command.addAll(List.of(arguments));
    return started(command, environment, log);
  }

  /** Starts any command. */
  static GatewayProcess started(List<String> command, Path log) throws IOException {
    return started(command, Map.of(), log);
  }

  private static GatewayProcess started(
      List<String> command, Map<String, String> environment, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile()).redirectErrorStream(true);
    return new GatewayProcess(builder.start(), log);
  }

  /** How Java is started here, up to the class path. */
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dfile.encoding=UTF-8",
        "-cp",
        classPath());
  }

  /** What Java needs to find every class of the tests and of the program. */
  static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  /** The process. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** What it has said so far. */
  String said() throws IOException {
    return Files.readString(log);
  }

  /** Where its console is, once it has said so. */
  String consoleUrl(Duration atMost) throws Exception {
    Await.until(
        () -> "the gateway is up; it said:\n" + saidOrNothing(),
        atMost,
        () -> {
          assertTrue(process.isAlive(), () -> "the gateway ended; it said:\n" + saidOrNothing());
          return CONSOLE.matcher(said()).find();
        });
    Matcher matcher = CONSOLE.matcher(said());
    assertTrue(matcher.find());
    return matcher.group(1);
  }

  private String saidOrNothing() {
    try {
      return said();
    } catch (IOException e) {
      return "";
    }
  }

  /** SIGKILL: no last words. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
  }

  /** SIGTERM, as service managers send it. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, which has to come within the time. */
  int exitCode(Duration atMost) throws InterruptedException {
    assertTrue(
        process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS),
        () -> "still running after " + atMost + "; it said:\n" + saidOrNothing());
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
