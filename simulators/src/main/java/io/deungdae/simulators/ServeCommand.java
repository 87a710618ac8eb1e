package io.deungdae.simulators;

import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the site until the process is told to end. */
@Command(name = "serve", description = "Runs all plants and their servers.")
final class ServeCommand implements Callable<Integer> {

  private static final String PORT = " (default: ${DEFAULT-VALUE}; 0 for any free one).";

  private static final String DEFAULT_FOLDER = "data/simulators";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--site",
      paramLabel = "FILE",
      description =
          "Settings of plants, servers and scenarios (YAML); without it the demo's plants run.")
  private @Nullable Path siteFile;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = DEFAULT_FOLDER,
      description = "Where keys, tokens and ready.json are written (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of(DEFAULT_FOLDER);

  @Option(
      names = "--speed",
      paramLabel = "TIMES",
      defaultValue = "60",
      description = "Plant seconds in a second (default: ${DEFAULT-VALUE}).")
  private double speed = 60;

  @Option(
      names = "--modbus-port",
      paramLabel = "PORT",
      defaultValue = "15020",
      description = "Modbus TCP" + PORT)
  private int modbusPort;

  @Option(
      names = "--opcua-port",
      paramLabel = "PORT",
      defaultValue = "14840",
      description = "OPC UA" + PORT)
  private int opcUaPort;

  @Option(
      names = "--mqtt-port",
      paramLabel = "PORT",
      defaultValue = "11883",
      description = "MQTT" + PORT)
  private int mqttPort;

  @Option(
      names = "--s3-port",
      paramLabel = "PORT",
      defaultValue = "19000",
      description = "S3 storage" + PORT)
  private int s3Port;

  @Option(names = "--xgt-port", paramLabel = "PORT", defaultValue = "0", description = "XGT" + PORT)
  private int xgtPort;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      defaultValue = "15900",
      description = "Control" + PORT)
  private int controlPort;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--remote-after",
      paramLabel = "S",
      defaultValue = "100",
      description =
          "Seconds of steady heartbeat after which the operator first turns the key to REMOTE"
              + " (default: ${DEFAULT-VALUE}; 0 for never).")
  private double remoteAfter = 100;

  @Option(
      names = "--exit-with-parent",
      description = "End when standard input closes, as it does when the starter ends.")
  private boolean exitWithParent;

  @Override
  public Integer call() throws IOException, InterruptedException, YamlException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(end, ended), "shutdown"));
    try (Site site = new Site(settings())) {
      announce(site);
      if (exitWithParent) {
        watch(System.in, end);
      }
      end.await();
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private SiteSettings settings() throws IOException, YamlException {
    if (siteFile != null) {
      return SiteFile.read(siteFile, folder.equals(Path.of(DEFAULT_FOLDER)) ? null : folder);
    }
    if (!(speed >= 1 && speed <= 600)) {
      throw new ParameterException(
          spec.commandLine(), "--speed must be from 1 to 600, found " + speed);
    }
    double after = remoteAfter > 0 ? remoteAfter : Double.POSITIVE_INFINITY;
    return SiteSettings.demo(
        folder,
        speed,
        seed,
        after,
        new SiteSettings.DemoPorts(modbusPort, opcUaPort, mqttPort, s3Port, xgtPort, controlPort));
  }

  private void announce(Site site) {
    PrintWriter out = spec.commandLine().getOut();
    if (siteFile != null) {
      site.servers()
          .forEach(
              (name, served) ->
                  out.println(
                      "ready "
                          + served.server().protocol()
                          + " 127.0.0.1:"
                          + served.server().port()
                          + " "
                          + name));
    }
    Map<String, Object> ready = site.ready();
    for (String server : new String[] {"modbus", "xgt", "opcua", "mqtt", "s3", "control"}) {
      boolean shown = siteFile == null || server.equals("s3") || server.equals("control");
      if (shown && ready.containsKey(server)) {
        out.println("ready " + server + " 127.0.0.1:" + ready.get(server));
      }
    }
    out.flush();
  }

  private static void finish(CountDownLatch end, CountDownLatch ended) {
    end.countDown();
    try {
      if (!ended.await(10, java.util.concurrent.TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void watch(InputStream parent, CountDownLatch end) {
    Thread thread =
        new Thread(
            () -> {
              try {
                parent.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // closed, which is what is waited for
              }
              end.countDown();
            },
            "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }
}
