package io.deungdae.control.cli;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.opcua.TrustList;
import io.deungdae.collector.settings.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.GeneralSecurityException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae certificates}: which OPC UA servers are trusted. */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the certificates of OPC UA servers, and trusts them or not.",
      "A server whose certificate nobody has trusted is refused and listed here. Compare the"
          + " fingerprint with the one that the server shows, then trust it; it counts at the"
          + " device's next attempt to connect.",
      "  deungdae certificates list --site site.yaml",
      "  deungdae certificates trust 3f0a…"
    },
    synopsisSubcommandLabel = "COMMAND")
final class CertificatesCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name one of: list, trust, reject.");
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Shows all of them.")
  int list(@Mixin NamedSite site) throws ConfigException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (TrustList list : lists(site)) {
      out.println(list.folder());
      for (TrustList.Entry entry : entries(list)) {
        print(entry, out);
      }
    }
    return 0;
  }

  private static void print(TrustList.Entry entry, PrintWriter out) {
    out.println();
    out.println(word(entry.standing()) + "  " + entry.fingerprint());
    out.println("  subject  " + entry.subject());
    if (!entry.issuer().equals(entry.subject())) {
      out.println("  issuer   " + entry.issuer());
    }
    out.println("  valid    " + entry.from() + " to " + entry.until());
    out.println("  since    " + entry.since());
  }

  private static String word(TrustList.Standing standing) {
    return standing.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Command(
      name = "trust",
      mixinStandardHelpOptions = true,
      description = "Trusts a rejected certificate.")
  int trust(
      @Mixin NamedSite site,
      @Parameters(paramLabel = "FINGERPRINT", description = "SHA-256, as listed")
          String fingerprint)
      throws ConfigException, IOException {
    boolean done = false;
    for (TrustList list : lists(site)) {
      done |= move(list, fingerprint, TrustList.Standing.TRUSTED);
    }
    return tell(done, fingerprint, "trusted", "rejected");
  }

  @Command(
      name = "reject",
      mixinStandardHelpOptions = true,
      description = "Trusts a certificate no longer.")
  int reject(
      @Mixin NamedSite site,
      @Parameters(paramLabel = "FINGERPRINT", description = "SHA-256, as listed")
          String fingerprint)
      throws ConfigException, IOException {
    boolean done = false;
    for (TrustList list : lists(site)) {
      done |= move(list, fingerprint, TrustList.Standing.REJECTED);
    }
    return tell(done, fingerprint, "rejected", "trusted");
  }

  private int tell(boolean done, String fingerprint, String now, String before) {
    if (done) {
      spec.commandLine().getOut().println(now + " " + fingerprint);
      return 0;
    }
    spec.commandLine().getErr().println("no " + before + " certificate has " + fingerprint);
    return 1;
  }

  private static Set<TrustList> lists(NamedSite site) throws ConfigException, IOException {
    Set<TrustList> lists = new LinkedHashSet<>();
    for (DeviceSettings device : site.place().settings().devices()) {
      Optional<TrustList> list = TrustList.of(device.spec());
      list.ifPresent(lists::add);
    }
    return lists;
  }

  private static java.util.List<TrustList.Entry> entries(TrustList list) throws IOException {
    try {
      return list.entries();
    } catch (GeneralSecurityException e) {
      throw new IOException("a file in " + list.folder() + " is no certificate: " + e, e);
    }
  }

  private static boolean move(TrustList list, String fingerprint, TrustList.Standing to)
      throws IOException {
    try {
      return to == TrustList.Standing.TRUSTED ? list.trust(fingerprint) : list.reject(fingerprint);
    } catch (GeneralSecurityException e) {
      throw new IOException("a file in " + list.folder() + " is no certificate: " + e, e);
    }
  }
}
