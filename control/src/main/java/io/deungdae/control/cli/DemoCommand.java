package io.deungdae.control.cli;

import io.deungdae.collector.signal.Clock;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Role;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code deungdae demo}: the simulated plants in one process, the gateway in another, as {@code
 * run} starts it, with the settings in {@code config/demo}. What the demo adds is only to start
 * both, to turn things wrong, and to look.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the gateway on simulated plants and makes one thing go wrong by itself.",
      "With --check it looks on without a browser, prints the evidence and exits."
    })
final class DemoCommand implements Callable<Integer> {

  static final Path DEFAULT_FOLDER = Path.of("data", "demo");
  private static final String MARK = ".deungdae-demo";

  private static final String GATEWAY = "gateway";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--check",
      description = "prints evidence for each stage and exits, non-zero if any is missing")
  private boolean check;

  @Option(
      names = "--folder",
      description =
          "where the demo keeps its files; emptied at the start (default: ${DEFAULT-VALUE})")
  private Path folder = DEFAULT_FOLDER;

  @Option(
      names = "--speed",
      description = "how much faster than real time the plants run (default: ${DEFAULT-VALUE})")
  private double speed = 60;

  @Option(
      names = "--port",
      description = "port of the console; 0 for a free one (default: ${DEFAULT-VALUE})")
  private int port = 8420;

  @Option(names = "--no-fault", description = "does not make anything go wrong by itself")
  private boolean noFault;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    PrintWriter out = spec.commandLine().getOut();
    folder = folder.toAbsolutePath().normalize();
    Files.createDirectories(folder);
    try (FileChannel lock =
        FileChannel.open(
            folder.resolveSibling(folder.getFileName() + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        throw new IOException(
            "another demo uses " + folder + "; stop it, or name another with --folder");
      }
      return run(out);
    }
  }

  private int run(PrintWriter out) throws IOException, InterruptedException, SQLException {
    empty(folder);
    Path data = folder.resolve(GATEWAY);
    Path plants = folder.resolve("plants");
    Files.createDirectories(data);
    Files.createDirectories(plants);
    String token = token(data);
    int console = DemoPlants.freePort(port);
    say(
        out,
        "starting the plants, "
            + (int) speed
            + " times faster than real time (log: "
            + folder.resolve("plants.log")
            + ")");
    DemoPlants servers = new DemoPlants(plants, speed);
    Process simulators = servers.start(folder.resolve("plants.log"));
    try {
      say(out, "starting the gateway (log: " + folder.resolve("gateway.log") + ")");
      try (GatewayKeeper gateway =
          new GatewayKeeper(
              JavaProcess.gateway(gatewayArguments(data, servers, console)),
              folder.resolve("gateway.log"),
              text -> say(out, text),
              Clock.system())) {
        GatewayClient client = new GatewayClient("http://127.0.0.1:" + console, token);
        awaitGateway(client, gateway);
        if (!check) {
          greet(out, data, console);
        }
        DemoCheck story = new DemoCheck(client, servers, check ? "ok   " : "", out);
        return check ? story.check() : story.show(gateway, !noFault);
      }
    } finally {
      stop(simulators);
    }
  }

  private static List<String> gatewayArguments(Path data, DemoPlants servers, int console) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                JavaProcess.home().resolve("config/demo/site.yaml").toString(),
                "--exit-with-parent"));
    Map<String, String> set = new LinkedHashMap<>();
    set.put("data", data.toString());
    set.put("console.port", Integer.toString(console));
    set.putAll(servers.overrides());
    set.forEach((path, value) -> arguments.addAll(List.of("--set", path + "=" + value)));
    return arguments;
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private void awaitGateway(GatewayClient client, GatewayKeeper gateway)
      throws IOException, InterruptedException {
    for (int tenths = 0; tenths < 1200; tenths++) {
      if (client.answers()) {
        return;
      }
      if (gateway.endsWithin(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IOException("the gateway did not start; its log is " + folder.resolve("gateway.log"));
  }

  private static String token(Path data) throws SQLException, IOException {
    try (Accounts accounts = new Accounts(data.resolve(SiteSettings.STATE_FILE))) {
      String token = accounts.createToken("demo", Role.ENGINEER, Clock.system().now());
      Accounts.writePrivately(data.resolve("demo-token"), token);
      return token;
    }
  }

  private static void greet(PrintWriter out, Path data, int console) throws IOException {
    out.println();
    out.println("  Console:      http://127.0.0.1:" + console);
    out.println("  Log in as     admin");
    out.println(
        "  with          "
            + Files.readString(data.resolve("first-password")).strip()
            + "   (made up just now; you will be asked to change it)");
    out.println("  API token in  " + data.resolve("demo-token"));
    out.println("  Break things  ./deungdae fault list");
    out.println("  Stop          Ctrl-C");
    out.println();
    out.flush();
  }

  private static void say(PrintWriter out, String text) {
    out.println("demo: " + text);
    out.flush();
  }

  /** The gateway's data folder in a demo's folder; any other folder is one itself. */
  static Path dataIn(Path folder) {
    return Files.exists(folder.resolve(MARK)) ? folder.resolve(GATEWAY) : folder;
  }

  /** Empties the folder, but only one that a demo has made. */
  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.exists(folder.resolve(MARK))) {
        try (Stream<Path> inside = Files.list(folder)) {
          if (inside.findAny().isPresent()) {
            throw new IOException(folder + " is not a demo's folder; name another with --folder");
          }
        }
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(MARK));
  }
}
