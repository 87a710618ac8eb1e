package io.deungdae.control.cli;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.control.backup.Backup;
import io.deungdae.control.backup.BackupManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae restore}: makes a site of a backup. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a site of a backup, in a folder that is empty or not there yet. The backup is"
          + " verified",
      "first, and the restored history is compared with it. Run the gateway there afterwards:",
      "  deungdae restore /mnt/usb/monday --to /opt/deungdae/line1",
      "  deungdae run /opt/deungdae/line1/site.yaml"
    })
final class RestoreCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(paramLabel = "BACKUP", description = "the folder of the backup")
  private Path from = Path.of("");

  @Option(names = "--to", paramLabel = "FOLDER", required = true, description = "where to")
  private Path to = Path.of("");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    BackupManifest made = Backup.restore(from, to, new ProgressLine(out));
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %,d rows and %d other files restored; start it with: deungdae run %s",
            to,
            made.rows(),
            made.files().size(),
            start(made)));
    if (!made.secrets()) {
      out.println("secrets were left out of the backup; put the files back, and make users anew");
    }
    made.elsewhere()
        .forEach(
            file -> out.println("was outside of the site's folder: " + file + "; see elsewhere/"));
    return 0;
  }

  /** The settings may name a data folder that lies elsewhere: it is not the restored one. */
  private String start(BackupManifest made) {
    Path site = to.resolve(made.siteFile());
    Path data = to.resolve(made.data()).toAbsolutePath().normalize();
    Section settings = SettingsFile.read(site, Overrides.none(), new Problems());
    Path named = settings.file("data", "data").toAbsolutePath().normalize();
    return named.equals(data) ? site.toString() : site + " --set data=" + data;
  }
}
