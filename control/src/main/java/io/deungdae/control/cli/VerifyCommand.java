package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Damage;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deungdae verify}: reads the whole history and compares it with what was stored. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Reads the whole history of a gateway that does not run, and compares row counts and"
          + " checksums",
      "of every minute with what was noted when the rows were stored. Exit code 1 when rows are",
      "missing or have changed; what is there is then taken for true, and the stretch is noted."
    })
final class VerifyCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private PlacedSite site = new PlacedSite();

  @Override
  public Integer call() throws ConfigException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    Clock clock = Clock.system();
    Instant begun = clock.now();
    try (Historian historian = Historian.open(site.read().historian(), clock)) {
      historian.verify(clock.now());
      List<Damage> found =
          historian.damage().stream()
              .filter(damage -> damage.foundMs() >= begun.toEpochMilli())
              .toList();
      found.forEach(damage -> out.println(line(damage)));
      out.println(
          String.format(
              Locale.ROOT,
              "%,d rows; %s",
              historian.count(),
              found.isEmpty() ? "all as they were stored" : found.size() + " stretch(es) damaged"));
      return found.isEmpty() ? 0 : 1;
    }
  }

  private static String line(Damage damage) {
    return String.format(
        Locale.ROOT,
        "%s .. %s: %,d rows lost, %,d doubtful: %s%s",
        Instant.ofEpochMilli(damage.fromMs()),
        Instant.ofEpochMilli(damage.toMs()),
        damage.lost(),
        damage.doubtful(),
        damage.what(),
        damage.aside().isEmpty() ? "" : "; files are in " + damage.aside());
  }
}
