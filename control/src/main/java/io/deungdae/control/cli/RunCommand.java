package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.run.GatewayRun;
import io.deungdae.control.run.Systemd;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deungdae run}: the gateway itself, until it is stopped. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the gateway until it is stopped (Ctrl-C or SIGTERM).",
      "SIGHUP lets it read its settings again, as deungdae reload does.",
      "The launcher starts it again by itself when it dies: killed, crashed, out of memory."
    })
final class RunCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private SiteOptions site = new SiteOptions();

  @Option(
      names = "--no-restart",
      description = "stays down when it dies; for service managers that restart by themselves")
  @SuppressWarnings("UnusedVariable") // the launcher looks at it
  private boolean noRestart;

  @Option(
      names = "--exit-with-parent",
      hidden = true,
      description = "stops when its standard input ends")
  private boolean exitWithParent;

  @Option(
      names = "--notify-socket",
      hidden = true,
      defaultValue = "${env:NOTIFY_SOCKET:-}",
      description = "where systemd wants to be told how the gateway is")
  private String notifySocket = "";

  @Option(
      names = "--watchdog-usec",
      hidden = true,
      defaultValue = "${env:WATCHDOG_USEC:-0}",
      description = "how long systemd waits to hear of the gateway")
  private long watchdogUs;

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    SiteSettings settings = site.read();
    GatewayRun gateway = new GatewayRun(settings, RootCommand.Version.current(), Clock.system());
    Systemd.at(notifySocket, watchdogUs).ifPresent(gateway::under);
    Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
    HangUp.each(() -> gateway.reload("SIGHUP"));
    try {
      gateway.begin();
    } catch (CancellationException e) {
      spec.commandLine().getErr().println("deungdae: " + e.getMessage());
      return 1;
    }
    spec.commandLine().getErr().println("deungdae: " + settings.summary());
    gateway
        .firstPassword()
        .ifPresent(
            file ->
                spec.commandLine()
                    .getErr()
                    .println("deungdae: the first password of admin is in " + file));
    gateway
        .consoleUrl()
        .ifPresent(url -> spec.commandLine().getErr().println("deungdae: console at " + url));
    if (exitWithParent) {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } else {
      gateway.await();
    }
    return 0;
  }
}
