package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.control.api.Role;
import io.deungdae.control.backup.Backup;
import io.deungdae.control.backup.BackupManifest;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deungdae backup}: a copy of everything, while the gateway runs or not. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Copies a site into a folder: settings, tag lists, secrets, history, records, models,"
          + " cursors.",
      "The gateway may run; then it makes the backup itself, on its own disk. The copy is read"
          + " again",
      "and compared by counts and checksums; a folder whose name does not end in .partial is"
          + " whole.",
      "  deungdae backup --site site.yaml --to /mnt/usb/monday",
      "  deungdae backup --site site.yaml --to /mnt/usb/tuesday --since /mnt/usb/monday",
      "  deungdae backup --verify /mnt/usb/monday"
    })
final class BackupCommand implements Callable<Integer> {

  private static final long LOOK_MS = 500;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--to", paramLabel = "FOLDER", description = "where to; must not be there yet")
  private @Nullable Path to;

  @Option(
      names = "--since",
      paramLabel = "FOLDER",
      description = "an earlier backup of the site; its files of unchanged days are linked")
  private @Nullable Path since;

  @Option(
      names = "--without-secrets",
      description = "leaves out files of secrets, private keys, users and tokens")
  private boolean withoutSecrets;

  @Option(
      names = "--verify",
      paramLabel = "FOLDER",
      description = "makes nothing; reads a backup and compares it with its lists")
  private @Nullable Path verify;

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    Path made = verify;
    if (made != null) {
      return verify(made);
    }
    if (to == null) {
      throw new ParameterException(spec.commandLine(), "Name a folder: --to or --verify.");
    }
    Path target = to.toAbsolutePath().normalize();
    Path earlier = since == null ? null : since.toAbsolutePath().normalize();
    Optional<SiteSettings> stopped = gateway.stopped();
    return stopped.isEmpty()
        ? gateway.ask(Role.ADMIN, client -> ask(client, target, earlier))
        : make(stopped.get(), new Backup.Order(target, earlier, !withoutSecrets));
  }

  private int verify(Path made) throws IOException {
    List<String> wrong = Backup.verify(made, new ProgressLine(out()));
    if (!wrong.isEmpty()) {
      wrong.forEach(spec.commandLine().getErr()::println);
      return 1;
    }
    tell(made, BackupManifest.read(made));
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void tell(Path made, BackupManifest manifest) {
    tell(made.toString(), manifest.rows(), manifest.files().size());
  }

  private void tell(String made, long rows, int files) {
    out()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %,d rows and %d other files, all as they should be",
                made,
                rows,
                files));
  }

  /** Nobody runs on the site: its files are ours. */
  private int make(SiteSettings settings, Backup.Order order) throws IOException {
    try (Historian historian = Historian.open(settings.historian(), Clock.system())) {
      BackupManifest made =
          new Backup(settings, historian, RootCommand.Version.current(), new ProgressLine(out()))
              .make(order, Clock.system().now());
      tell(order.to(), made);
      return 0;
    }
  }

  private int ask(GatewayClient client, Path target, @Nullable Path earlier)
      throws IOException, InterruptedException {
    ObjectNode order = JsonNodeFactory.instance.objectNode();
    order.put("to", target.toString()).put("secrets", !withoutSecrets);
    if (earlier != null) {
      order.put("since", earlier.toString());
    }
    JsonNode state = client.post("/api/backup", order.toString());
    ProgressLine line = new ProgressLine(out());
    while (state.path("phase").asText().equals("RUNNING")) {
      line.at(state.path("step").asText(), state.path("done").asLong(), state.path("all").asLong());
      Thread.sleep(LOOK_MS);
      state = client.get("/api/backup");
    }
    if (!state.path("phase").asText().equals("DONE")) {
      spec.commandLine().getErr().println("no backup was made: " + state.path("error").asText());
      return 1;
    }
    tell(state.path("to").asText(), state.path("rows").asLong(), state.path("files").asInt());
    return 0;
  }
}
