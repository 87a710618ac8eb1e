package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.audit.AuditReport;
import io.deungdae.control.audit.AuditVerifier;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deungdae audit}: checks that nobody has touched the audit log. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Verifies the hash chain of the audit log and names the first record that is broken.",
    synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name one of: verify.");
  }

  @Command(name = "verify", mixinStandardHelpOptions = true, description = "Walks the whole chain.")
  int verify(@Mixin PlacedSite site) throws ConfigException, IOException {
    SiteSettings settings = site.read();
    Path folder = settings.data().resolve("audit");
    AuditReport report = AuditVerifier.verify(folder);
    if (report.records() == 0 && report.sound()) {
      spec.commandLine().getErr().println("there is no audit log in " + folder);
      return 1;
    }
    spec.commandLine()
        .getOut()
        .println(
            report.records()
                + " records"
                + (report.broken() == null
                    ? ", nothing changed and nothing missing"
                    : "; broken at " + report.broken())
                + "\nhead "
                + report.head().seq()
                + " "
                + report.head().hash());
    return report.sound() ? 0 : 1;
  }
}
