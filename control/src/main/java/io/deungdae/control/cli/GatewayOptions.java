package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistoryInUseException;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Role;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Which running gateway to ask, and as whom: one of a site on this machine, whose data folder we
 * may use, or any with its address and a token.
 */
final class GatewayOptions {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "the settings of a gateway on this machine (default: site.yaml, else the demo)")
  private @Nullable Path site;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "replaces a setting of the site, as the gateway was started with")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--url", paramLabel = "URL", description = "address of a gateway anywhere")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "file with an API token; needed with --url")
  private @Nullable Path tokenFile;

  /** What is done with the gateway. */
  @FunctionalInterface
  interface Work {
    int with(GatewayClient gateway) throws IOException, InterruptedException;
  }

  /**
   * Asks the gateway. Without a token of the user's own, one is made for this command and taken
   * back after it: who may use the data folder may make tokens anyway.
   *
   * @param role what the command has to be allowed
   */
  int ask(Role role, Work work)
      throws ConfigException, IOException, SQLException, InterruptedException {
    if (url != null) {
      if (tokenFile == null) {
        throw new ParameterException(spec.commandLine(), "--url needs a --token-file.");
      }
      return work.with(new GatewayClient(url, token(tokenFile)));
    }
    Path file = site == null ? Path.of("site.yaml") : site;
    Path demo = DemoCommand.DEFAULT_FOLDER.resolve("gateway");
    if (site == null && !Files.exists(file) && Files.exists(demo.resolve("demo-token"))) {
      return work.with(new GatewayClient(address(demo, null), token(demo.resolve("demo-token"))));
    }
    SiteSettings settings = SiteSettings.read(file, new Overrides(set));
    String address = address(settings.data(), settings);
    return tokenFile == null
        ? withOwnToken(settings, address, role, work)
        : work.with(new GatewayClient(address, token(tokenFile)));
  }

  /** What is done with a history on disk that no gateway uses. */
  @FunctionalInterface
  interface FolderWork {
    int with(Historian historian, SiteSettings settings) throws IOException, InterruptedException;
  }

  /**
   * Asks the gateway where one runs, else opens the site's history itself; the lock on the history
   * says which.
   *
   * @param role what the command has to be allowed
   */
  int askOrOpen(Role role, Work work, FolderWork folderWork)
      throws ConfigException, IOException, SQLException, InterruptedException {
    Path file = site == null ? Path.of("site.yaml") : site;
    if (url != null || (site == null && !Files.exists(file))) {
      return ask(role, work);
    }
    SiteSettings settings = SiteSettings.read(file, new Overrides(set));
    Path folder = settings.historian().folder();
    if (!Files.isDirectory(folder)) {
      throw new IOException("there is no history in " + folder);
    }
    try (Historian historian = Historian.open(settings.historian().keepingAll(), Clock.system())) {
      return folderWork.with(historian, settings);
    } catch (HistoryInUseException e) {
      return ask(role, work);
    }
  }

  /**
   * The settings of the site when no gateway runs on it, so that its files can be used; else null.
   */
  @Nullable SiteSettings stopped() throws ConfigException, InterruptedException {
    Path file = site == null ? Path.of("site.yaml") : site;
    if (url != null || (site == null && !Files.exists(file))) {
      return null;
    }
    SiteSettings settings = SiteSettings.read(file, new Overrides(set));
    try {
      return new GatewayClient(address(settings.data(), settings), "").answers() ? null : settings;
    } catch (IOException e) {
      return settings; // it has no console, or is not running
    }
  }

  private static int withOwnToken(SiteSettings settings, String address, Role role, Work work)
      throws IOException, SQLException, InterruptedException {
    String name =
        "command-" + System.getProperty("user.name", "") + "-" + ProcessHandle.current().pid();
    try (Accounts accounts =
        new Accounts(settings.makeDataFolder().resolve(SiteSettings.STATE_FILE))) {
      String token = accounts.createToken(name, role, Clock.system().now());
      try {
        return work.with(new GatewayClient(address, token));
      } finally {
        accounts.revokeToken(name);
      }
    }
  }

  private static String address(Path data, @Nullable SiteSettings settings) throws IOException {
    Path written = data.resolve(SiteSettings.ADDRESS_FILE);
    if (Files.exists(written)) {
      return Files.readString(written).strip();
    }
    if (settings == null || settings.console().port() == 0) {
      throw new IOException("no gateway runs on " + data + "; or its console is off");
    }
    return "http://" + settings.console().listen() + ":" + settings.console().port();
  }

  private static String token(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
