package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Role;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
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

  @Mixin private NamedSite site = new NamedSite();

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
    SitePlace place = site.place();
    String address = place.address();
    return tokenFile == null
        ? withOwnToken(place.data(), address, role, work)
        : work.with(new GatewayClient(address, token(tokenFile)));
  }

  /** What is done with a history on disk that no gateway uses. */
  @FunctionalInterface
  interface FolderWork {
    int with(Historian historian, SiteSettings settings) throws IOException, InterruptedException;
  }

  /**
   * Asks the gateway where one runs, else opens the site's history itself.
   *
   * @param role what the command has to be allowed
   */
  int askOrOpen(Role role, Work work, FolderWork folderWork)
      throws ConfigException, IOException, SQLException, InterruptedException {
    Optional<SiteSettings> stopped = stopped();
    if (stopped.isEmpty()) {
      return ask(role, work);
    }
    SiteSettings settings = stopped.get();
    Path history = settings.historian().folder();
    if (!Files.isDirectory(history)) {
      throw new IOException("there is no history in " + history);
    }
    try (Historian historian = Historian.open(settings.historian().keepingAll(), Clock.system())) {
      return folderWork.with(historian, settings);
    }
  }

  /** The settings of the site when no gateway runs on it, so that its files can be used. */
  Optional<SiteSettings> stopped() throws ConfigException, IOException {
    SitePlace place = site.place();
    return url != null || place.gateway().isPresent()
        ? Optional.empty()
        : Optional.of(place.settings());
  }

  private static int withOwnToken(Path data, String address, Role role, Work work)
      throws IOException, SQLException, InterruptedException {
    String name =
        "command-" + System.getProperty("user.name", "") + "-" + ProcessHandle.current().pid();
    try (Accounts accounts = new Accounts(data.resolve(SiteSettings.STATE_FILE))) {
      String token = accounts.createToken(name, role, Clock.system().now());
      try {
        return work.with(new GatewayClient(address, token));
      } finally {
        accounts.revokeToken(name);
      }
    }
  }

  private static String token(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
