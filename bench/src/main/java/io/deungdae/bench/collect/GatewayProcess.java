package io.deungdae.bench.collect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The product, run as its users run it, seen from outside. Linux only. */
public final class GatewayProcess implements AutoCloseable {

  private static final String MAIN = "io.deungdae.control.DeungdaeMain";

  private final Process process;

  private GatewayProcess(Process process) {
    this.process = process;
  }

  /** Starts {@code deungdae run} with a settings file, with this program's class path. */
  public static GatewayProcess start(Path site, String memory) throws IOException {
    List<String> command = new ArrayList<>(java(memory));
    command.addAll(List.of(MAIN, "run", site.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(site.resolveSibling("gateway.log").toFile()));
    builder.environment().put("MALLOC_ARENA_MAX", "2"); // as the launcher does
    return new GatewayProcess(builder.start());
  }

  /** The command that starts a main class of ours, without the class. */
  static List<String> java(String memory) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(List.of(memory.split(" ")));
    command.addAll(
        List.of("-XX:-UsePerfData", "-XX:+UseSerialGC", "-XX:TrimNativeHeapInterval=30000"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp"));
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  /** What it has cost so far. */
  ProcessFigures figures() {
    return new ProcessFigures(process.toHandle());
  }

  /** False when it has ended, which it should not. */
  public boolean runs() {
    return process.isAlive();
  }

  /** SIGKILL: no last words. */
  public void kill() throws IOException, InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IOException("the gateway does not die");
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (process.waitFor(60, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException("the gateway did not stop");
  }
}
