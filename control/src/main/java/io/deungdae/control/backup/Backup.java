package io.deungdae.control.backup;

import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistoryBackup;
import io.deungdae.control.site.RunMark;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Makes a backup of a site and checks it. The gateway may run: everything that forwarders have
 * noted is copied before the history, so that no cursor is ahead of it.
 *
 * <p>A backup is a folder: {@code site} (settings, tag lists, secrets), {@code data} (cursors,
 * records, models, accounts), {@code history}, and two lists with counts and checksums. While it is
 * made it is called {@code NAME.partial}; a folder without that ending is whole.
 */
public final class Backup {

  private static final String SITE = "site";
  private static final String DATA = "data";
  private static final String HISTORY = "history";
  private static final String PARTIAL = ".partial";
  private static final Set<String> NOT_COPIED =
      Set.of(RunMark.FILE, RunMark.LOCK, "lock", "backup.json");
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private final SiteSettings settings;
  private final Historian historian;
  private final String product;
  private final BackupProgress progress;
  private final List<String> elsewhere = new ArrayList<>();

  /**
   * A backup of a site.
   *
   * @param historian the site's history, open
   * @param product version of this program
   */
  public Backup(
      SiteSettings settings, Historian historian, String product, BackupProgress progress) {
    this.settings = settings;
    this.historian = historian;
    this.product = product;
    this.progress = progress;
  }

  /**
   * What is wanted.
   *
   * @param to a folder that does not exist yet
   * @param since an earlier backup of the same site, whose unchanged days are linked, or null
   * @param secrets false to leave out files with secrets and keys, users, tokens
   */
  public record Order(Path to, @Nullable Path since, boolean secrets) {

    /**
     * Looks whether it can be done.
     *
     * @throws IOException when it cannot
     */
    void check() throws IOException {
      if (Files.exists(to)) {
        throw new IOException(to + " exists already; name a folder that does not");
      }
      if (since != null) {
        BackupManifest.read(since);
      }
    }
  }

  /**
   * Makes it, and reads it all again to compare it with its lists.
   *
   * @throws IOException when it cannot be made, or is not what it should be; what was made is
   *     deleted then
   */
  public BackupManifest make(Order order, Instant now) throws IOException {
    order.check();
    Path target = order.to().toAbsolutePath().normalize();
    Path partial = target.resolveSibling(target.getFileName() + PARTIAL);
    BackupFiles.delete(partial);
    BackupFiles.folders(partial);
    try {
      BackupManifest manifest = fill(partial, order, now);
      List<String> wrong = verify(partial, progress);
      if (!wrong.isEmpty()) {
        throw new IOException("the backup is not as it should be: " + String.join("; ", wrong));
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } catch (IOException | RuntimeException e) {
      BackupFiles.delete(partial);
      throw e;
    }
  }

  private BackupManifest fill(Path folder, Order order, Instant now) throws IOException {
    SiteFiles site = SiteFiles.of(settings);
    copySettings(site, folder.resolve(SITE), order.secrets());
    copyData(folder.resolve(DATA), order.secrets());
    Path history = folder.resolve(HISTORY);
    BackupFiles.folders(history);
    Path since = order.since();
    HistoryBackup.Manifest rows =
        historian.backup(
            history,
            since == null ? null : since.resolve(HISTORY),
            (done, all) -> progress.at("history", done, all));
    List<BackupManifest.Entry> entries = new ArrayList<>();
    for (Path file : BackupFiles.below(folder)) {
      if (!file.startsWith(HISTORY) || file.endsWith("history.json")) {
        Path whole = folder.resolve(file);
        entries.add(
            new BackupManifest.Entry(unix(file), Files.size(whole), BackupFiles.sha256(whole)));
      }
    }
    BackupManifest manifest =
        new BackupManifest(
            BackupManifest.VERSION,
            product,
            settings.name(),
            now.toEpochMilli(),
            unix(site.folder().relativize(settings.file().toAbsolutePath().normalize())),
            within(site.folder(), settings.data(), "data"),
            within(settings.data(), settings.historian().folder(), "history"),
            order.secrets(),
            rows.rows(),
            rows.lastSeq(),
            entries,
            elsewhere);
    manifest.write(folder);
    BackupFiles.force(folder.resolve(BackupManifest.FILE));
    return manifest;
  }

  private static String unix(Path path) {
    return path.toString().replace('\\', '/');
  }

  /** The way from one folder to another that lies in it; of one that does not, a usual one. */
  private static String within(Path outer, Path inner, String usual) {
    Path from = outer.toAbsolutePath().normalize();
    Path to = inner.toAbsolutePath().normalize();
    return to.startsWith(from) && !to.equals(from) ? unix(from.relativize(to)) : usual;
  }

  private void copySettings(SiteFiles site, Path into, boolean secrets) throws IOException {
    for (Path file : site.all()) {
      if (!secrets && site.secret().contains(file)) {
        continue;
      }
      boolean inside = file.startsWith(site.folder());
      Path place =
          inside ? site.folder().relativize(file) : Path.of("elsewhere").resolve(flat(file));
      if (!inside) {
        elsewhere.add(file.toString());
      }
      BackupFiles.copy(file, into.resolve(place));
    }
  }

  private static Path flat(Path file) {
    Path root = file.getRoot();
    return root == null ? file : root.relativize(file);
  }

  // ---- the data folder

  private void copyData(Path into, boolean secrets) throws IOException {
    Path data = settings.data().toAbsolutePath().normalize();
    Path history = settings.historian().folder().toAbsolutePath().normalize();
    List<Path> files = new ArrayList<>();
    for (Path file : BackupFiles.below(data)) {
      if (isKept(data.resolve(file), history)) {
        files.add(file);
      }
    }
    int done = 0;
    for (Path file : files) {
      progress.at("files", ++done, files.size());
      copyOne(data.resolve(file), into.resolve(file), secrets);
    }
    for (String held : List.of("held.0", "held.1")) { // comes into the history at the next start
      if (Files.exists(history.resolve(held))) {
        BackupFiles.copy(history.resolve(held), into.resolveSibling("held").resolve(held));
      }
    }
  }

  private static boolean isKept(Path file, Path history) {
    String name = String.valueOf(file.getFileName());
    return !file.startsWith(history)
        && !file.startsWith(SiteSettings.NATIVE_FOLDER)
        && !String.valueOf(file).contains(".damaged-")
        && !String.valueOf(file).contains("damaged-state-")
        && !NOT_COPIED.contains(name)
        && !name.endsWith(".new")
        && !name.endsWith("-wal")
        && !name.endsWith("-shm")
        && !name.endsWith("-journal");
  }

  private static void copyOne(Path from, Path to, boolean secrets) throws IOException {
    if (!Files.exists(from)) {
      return; // it is gone since the folder was looked through
    }
    if (isSqlite(from)) {
      BackupFiles.folders(to.getParent());
      copySqlite(from, to, secrets);
      BackupFiles.own(to, "rw-------");
    } else if (secrets
        || !(String.valueOf(from.getFileName()).contains("password")
            || String.valueOf(from.getFileName()).endsWith(".accounts")
            || SiteFiles.isPrivateKey(from))) {
      BackupFiles.copy(from, to);
    }
  }

  private static boolean isSqlite(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return java.util.Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
    }
  }

  /** A copy of one moment, whoever writes meanwhile. */
  private static void copySqlite(Path from, Path to, boolean secrets) throws IOException {
    SQLiteConfig patient = new SQLiteConfig();
    patient.setBusyTimeout(10_000);
    try (Connection connection = patient.createConnection("jdbc:sqlite:" + from);
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toString());
      copy.execute();
    } catch (SQLException e) {
      throw new IOException("cannot copy " + from + ": " + e.getMessage(), e);
    }
    if (!secrets) {
      forgetAccounts(to);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to);
        Statement statement = connection.createStatement();
        var answer = statement.executeQuery("PRAGMA integrity_check")) {
      if (!answer.next() || !"ok".equals(answer.getString(1))) {
        throw new IOException(from + " is damaged: " + answer.getString(1));
      }
    } catch (SQLException e) {
      throw new IOException("cannot read the copy of " + from + ": " + e.getMessage(), e);
    }
  }

  private static void forgetAccounts(Path copy) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS users");
      statement.execute("DROP TABLE IF EXISTS tokens");
      statement.execute("VACUUM");
    } catch (SQLException e) {
      throw new IOException("cannot leave out accounts: " + e.getMessage(), e);
    }
  }

  // ---- checking

  /**
   * Reads a whole backup and compares it with its lists.
   *
   * @return what is wrong; empty when nothing is
   */
  public static List<String> verify(Path backup, BackupProgress progress) throws IOException {
    BackupManifest manifest = BackupManifest.read(backup);
    List<String> wrong = new ArrayList<>();
    int done = 0;
    for (BackupManifest.Entry entry : manifest.files()) {
      Path file = backup.resolve(entry.path()).normalize();
      progress.at("verify files", ++done, manifest.files().size());
      if (!file.startsWith(backup.normalize())) {
        wrong.add(entry.path() + " points outside of the backup");
      } else if (!Files.exists(file)) {
        wrong.add(entry.path() + " is missing");
      } else if (Files.size(file) != entry.bytes()
          || !BackupFiles.sha256(file).equals(entry.sha256())) {
        wrong.add(entry.path() + " is damaged");
      }
    }
    wrong.addAll(
        HistoryBackup.verify(
            backup.resolve(HISTORY), (rows, all) -> progress.at("verify history", rows, all)));
    return wrong;
  }

  // ---- the way back

  /**
   * Makes a site of a backup, after it was verified, and compares the history with it.
   *
   * @param to a folder that is empty or not there
   * @return what was restored
   * @throws IOException when the folder is not empty or the backup is damaged; nothing is left then
   */
  public static BackupManifest restore(Path backup, Path to, BackupProgress progress)
      throws IOException {
    if (!BackupFiles.isFree(to)) {
      throw new IOException(to + " is not empty; restore into a folder that is");
    }
    List<String> wrong = verify(backup, progress);
    if (!wrong.isEmpty()) {
      throw new IOException("the backup is damaged: " + String.join("; ", wrong));
    }
    BackupManifest manifest = BackupManifest.read(backup);
    Path target = to.toAbsolutePath().normalize();
    Path partial = target.resolveSibling(target.getFileName() + PARTIAL);
    BackupFiles.delete(partial);
    BackupFiles.folders(partial);
    try {
      put(backup, partial, manifest, progress);
      Files.deleteIfExists(target);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return manifest;
    } catch (IOException | RuntimeException e) {
      BackupFiles.delete(partial);
      throw e;
    }
  }

  private static void put(Path backup, Path into, BackupManifest manifest, BackupProgress progress)
      throws IOException {
    Path data = inside(into, manifest.data());
    Path history = inside(data, manifest.history());
    copyAll(backup.resolve(SITE), into);
    copyAll(backup.resolve(DATA), data);
    BackupFiles.folders(history);
    HistoryBackup.restore(
        backup.resolve(HISTORY), history, (done, all) -> progress.at("restore", done, all));
    copyAll(backup.resolve("held"), history);
  }

  private static Path inside(Path folder, String relative) throws IOException {
    Path path = folder.resolve(relative).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("the backup points outside of the folder: " + relative);
    }
    return path;
  }

  private static void copyAll(Path from, Path to) throws IOException {
    for (Path file : BackupFiles.below(from)) {
      BackupFiles.copy(from.resolve(file), to.resolve(file));
    }
  }
}
