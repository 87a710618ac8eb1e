package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Identity;
import io.deungdae.control.api.Role;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deungdae user}: the people who may log in to the console. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    description = "Adds and lists the people who log in. Works while the gateway runs.",
    synopsisSubcommandLabel = "COMMAND")
final class UserCommand implements Runnable {

  private static final int PASSWORD_BYTES = 15;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name one of: add, list, password.");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description =
          "Adds a user and prints a password made up for the first log-in, which asks for another.")
  int add(
      @Mixin PlacedSite site,
      @Option(names = "--name", required = true, description = "log-in name") String name,
      @Option(
              names = "--role",
              required = true,
              description = "viewer, operator, engineer or admin")
          Role role)
      throws ConfigException, SQLException, IOException {
    try (Accounts accounts = open(site)) {
      if (knows(accounts, name)) {
        return say("there is a user of this name already", 2);
      }
      String password = password();
      accounts.addUser(name, password, role);
      return say(password, 0);
    }
  }

  @Command(
      name = "password",
      mixinStandardHelpOptions = true,
      description = {
        "Gives a user a new password, made up and printed, and unlocks the account.",
        "Log-ins that are open stay open until they are idle or the gateway restarts."
      })
  int password(
      @Mixin PlacedSite site,
      @Option(names = "--name", required = true, description = "log-in name") String name)
      throws ConfigException, SQLException, IOException {
    try (Accounts accounts = open(site)) {
      String password = password();
      boolean found = accounts.resetPassword(name, password);
      return found ? say(password, 0) : say("there is no user of this name", 2);
    }
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the users.")
  int list(@Mixin PlacedSite site) throws ConfigException, SQLException, IOException {
    try (Accounts accounts = open(site)) {
      for (Identity user : accounts.users()) {
        String pending = user.mustChangePassword() ? "  has to change the password" : "";
        say(user.name() + "  " + user.role() + pending, 0);
      }
      return 0;
    }
  }

  private static boolean knows(Accounts accounts, String name) throws SQLException {
    return accounts.users().stream().anyMatch(user -> user.name().equals(name));
  }

  private int say(String text, int code) {
    CommandLine line = spec.commandLine();
    (code == 0 ? line.getOut() : line.getErr()).println(text);
    return code;
  }

  private static String password() {
    byte[] raw = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  private static Accounts open(PlacedSite site) throws ConfigException, SQLException, IOException {
    return new Accounts(site.read().makeDataFolder().resolve(SiteSettings.STATE_FILE));
  }
}
