package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.control.site.RunMark;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The site that a command is about: one of a settings file, or that of the gateway which runs, or
 * ran last, on a folder. Without either it is {@code site.yaml}, else the demo.
 *
 * @param site the settings file, or null
 * @param folder a data folder or a demo's folder, or null
 * @param set settings to replace
 */
record SitePlace(@Nullable Path site, @Nullable Path folder, Map<String, String> set) {

  private static final Path USUAL = Path.of("site.yaml");

  SitePlace {
    set = Map.copyOf(set);
  }

  /** True when nothing says which site is meant. */
  boolean isUnknown() {
    return site == null && dataFolder() == null && !Files.exists(USUAL);
  }

  /** The settings, with those that the gateway of the folder was given on its command line. */
  SiteSettings settings() throws ConfigException, IOException {
    Path data = dataFolder();
    if (data == null) {
      return SiteSettings.read(site == null ? USUAL : site, new Overrides(set));
    }
    RunMark.Found found = found(data);
    Map<String, String> all = new HashMap<>(found.set());
    all.putAll(set);
    return SiteSettings.read(found.site(), new Overrides(all));
  }

  /** Where the gateway keeps its files. */
  Path data() throws ConfigException, IOException {
    Path data = dataFolder();
    return data == null ? settings().data() : data;
  }

  /** The gateway that runs on it, which may still be starting; nothing when none runs. */
  Optional<RunMark.Found> gateway() throws ConfigException, IOException {
    return RunMark.find(data()).filter(RunMark.Found::runs);
  }

  /**
   * Where the gateway answers.
   *
   * @throws IOException when none runs, with what is known of the last one, or it cannot be asked
   */
  String address() throws ConfigException, IOException {
    Path data = data();
    RunMark.Found found = found(data);
    String url = found.url();
    if (found.runs() && url != null) {
      return url;
    }
    String process = " (process " + found.pid() + ") ";
    if (found.runs()) {
      throw new IOException(
          "the gateway on " + data + process + "is still starting, or has no console to ask");
    }
    throw new IOException(
        "no gateway runs on "
            + data
            + (found.stopped() == null
                ? "; the last one" + process + "ended without a word, it began " + found.started()
                : "; the last one was stopped at " + found.stopped()));
  }

  private static RunMark.Found found(Path data) throws IOException {
    return RunMark.find(data)
        .orElseThrow(
            () ->
                new IOException(
                    Files.isDirectory(data)
                        ? "no gateway has run on " + data
                        : "there is no folder " + data));
  }

  /** The data folder when it is named as such, or is the demo's because nothing else is there. */
  private @Nullable Path dataFolder() {
    if (folder != null) {
      return DemoCommand.dataIn(folder);
    }
    Path demo = DemoCommand.dataIn(DemoCommand.DEFAULT_FOLDER);
    boolean onlyDemo = site == null && !Files.exists(USUAL);
    return onlyDemo && Files.exists(demo.resolve(RunMark.FILE)) ? demo : null;
  }
}
