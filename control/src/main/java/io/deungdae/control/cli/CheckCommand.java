package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.site.SiteSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code deungdae check}: reads the settings and says everything that is wrong with them; opens no
 * connection.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Checks the settings without opening a connection; names all mistakes at once.")
final class CheckCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SiteOptions site = new SiteOptions();

  @Override
  public Integer call() throws ConfigException {
    SiteSettings settings = site.read();
    spec.commandLine().getOut().println(settings.summary());
    return 0;
  }
}
