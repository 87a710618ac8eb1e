package io.deungdae.collector.driver.modbus;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program in {@code src/test/c}, compiled when a test needs it. */
final class CProgram {

  private CProgram() {}

  private static Path program(String name) {
    return Path.of("target", name);
  }

  /** Compiles it, unless that is done; empty where the compiler or a library is missing. */
  static Optional<Path> compile(String name, String libraries)
      throws IOException, InterruptedException {
    Path source = Path.of("src/test/c", name + ".c");
    Path program = program(name);
    if (Files.exists(program)
        && Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) > 0) {
      return Optional.of(program);
    }
    Files.createDirectories(program.toAbsolutePath().getParent());
    // Two test processes may do it at once; each brings a whole program into place.
    Path fresh = Path.of(program + "." + ProcessHandle.current().pid());
    Process gcc =
        new ProcessBuilder("sh", "-c", "gcc -O1 -Wall -o " + fresh + " " + source + " " + libraries)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(new File(fresh + ".log")))
            .start();
    if (!gcc.waitFor(60, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
      return Optional.empty();
    }
    Files.move(fresh, program, StandardCopyOption.ATOMIC_MOVE);
    return Optional.of(program);
  }

  /** Starts it in a process of its own. */
  static Process start(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program(name).toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
