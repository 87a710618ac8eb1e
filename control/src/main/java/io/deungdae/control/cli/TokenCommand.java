package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Role;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deungdae token}: makes and revokes tokens for other software. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Makes or revokes API tokens for other software. Works while the gateway runs.",
    synopsisSubcommandLabel = "COMMAND")
final class TokenCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name one of: create, revoke.");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = "Makes a token and prints it once.")
  int create(
      @Mixin PlacedSite site,
      @Option(names = "--name", required = true, description = "what it is for") String name,
      @Option(
              names = "--role",
              description = "viewer, operator, engineer or admin (default: viewer)",
              defaultValue = "VIEWER")
          Role role,
      @Option(
              names = "--file",
              description =
                  "write it into this file, readable by its owner alone, instead of printing it")
          @Nullable Path file)
      throws ConfigException, SQLException, IOException {
    try (Accounts accounts = open(site.read())) {
      String token = accounts.createToken(name, role, Clock.system().now());
      if (file == null) {
        spec.commandLine().getOut().println(token);
      } else {
        Accounts.writePrivately(file, token);
      }
      return 0;
    }
  }

  @Command(name = "revoke", mixinStandardHelpOptions = true, description = "Takes a token back.")
  int revoke(
      @Mixin PlacedSite site,
      @Option(names = "--name", required = true, description = "its name") String name)
      throws ConfigException, SQLException, IOException {
    try (Accounts accounts = open(site.read())) {
      boolean found = accounts.revokeToken(name);
      spec.commandLine().getOut().println(found ? "revoked" : "there is no token of this name");
      return found ? 0 : 2;
    }
  }

  private static Accounts open(SiteSettings settings) throws SQLException, IOException {
    return new Accounts(settings.makeDataFolder().resolve(SiteSettings.STATE_FILE));
  }
}
