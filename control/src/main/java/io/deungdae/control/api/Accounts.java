package io.deungdae.control.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users and API tokens, in SQLite. There is no default password: the first start makes up one and
 * puts it into a file that only the owner can read; it has to be changed at the first log-in.
 * Passwords are kept as Argon2id hashes, tokens (256 random bits) as SHA-256 hashes. Five wrong
 * passwords lock an account for a while.
 *
 * <p>Thread-safe; calls block on the disk and on hashing, so never call it from an event loop or
 * the control thread.
 */
public final class Accounts implements AutoCloseable {

  /**
   * Shortest password that is taken; NIST SP 800-63B asks for at least 8 characters, and more for a
   * sole factor.
   */
  public static final int SHORTEST_PASSWORD = 12;

  private static final int TRIES = 5;
  private static final Duration LOCK = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

  /** What was found when they were opened. */
  public enum Condition {
    /** All is well. */
    SOUND,
    /** Users and tokens were damaged or gone; they are again as they were, from their copy. */
    RESTORED,
    /** There were users, and they cannot be read: nobody can log in until one is made. */
    LOST
  }

  private final Connection db;
  private final Path copy;
  private final Condition condition;
  private final ReentrantLock lock = new ReentrantLock();
  private final SecureRandom random = new SecureRandom();

  /**
   * Opens or makes the accounts.
   *
   * @param file the SQLite file
   * @throws SQLException when the file cannot be used
   * @throws IOException when the copy beside it cannot be used
   */
  public Accounts(Path file) throws SQLException, IOException {
    copy = AccountsCopy.of(file);
    db = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = db.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=FULL");
      statement.execute("PRAGMA busy_timeout=5000");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS users(name TEXT PRIMARY KEY, hash TEXT NOT NULL, role TEXT"
              + " NOT NULL, must_change INTEGER NOT NULL, failed INTEGER NOT NULL DEFAULT 0,"
              + " locked_until INTEGER NOT NULL DEFAULT 0)");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS tokens(name TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, role"
              + " TEXT NOT NULL, created INTEGER NOT NULL)");
    }
    condition = compare();
  }

  /** What was found when they were opened. */
  public Condition condition() {
    return condition;
  }

  // ---- the copy

  /** Each change counts up the number that both have: the one with the higher is the truth. */
  private Condition compare() throws SQLException, IOException {
    AccountsCopy ours = current();
    boolean known = Files.exists(copy);
    AccountsCopy theirs = known ? AccountsCopy.read(copy).orElse(null) : null;
    if (theirs != null && theirs.version() >= ours.version() && !theirs.equals(ours)) {
      restore(theirs);
      LOG.error(
          "users and tokens were not what they were, they are restored from {} users={} tokens={}",
          copy,
          theirs.users().size(),
          theirs.tokens().size());
      return Condition.RESTORED;
    }
    if (known && theirs == null && ours.users().isEmpty()) {
      LOG.error(
          "all users are lost, nobody can log in; restore {} and state.db from a backup, or make a"
              + " user with: deungdae user add NAME --role admin",
          copy);
      return Condition.LOST;
    }
    if (theirs == null ? !ours.users().isEmpty() : !theirs.equals(ours)) {
      ours.write(copy);
    }
    return Condition.SOUND;
  }

  private AccountsCopy current() throws SQLException {
    return new AccountsCopy(
        version(),
        rows("SELECT name, hash, role, must_change FROM users ORDER BY name"),
        rows("SELECT name, hash, role, created FROM tokens ORDER BY name"));
  }

  private long version() throws SQLException {
    return Long.parseLong(rows("PRAGMA user_version").get(0).get(0));
  }

  private List<List<String>> rows(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = db.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      int columns = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          cells.add(String.valueOf(row.getString(i)));
        }
        rows.add(List.copyOf(cells));
      }
    }
    return rows;
  }

  private void restore(AccountsCopy from) throws SQLException {
    db.setAutoCommit(false);
    try (Statement statement = db.createStatement()) {
      statement.execute("DELETE FROM users");
      statement.execute("DELETE FROM tokens");
      for (List<String> user : from.users()) {
        update(
            "INSERT INTO users(name, hash, role, must_change) VALUES(?, ?, ?, ?)",
            user.get(0),
            user.get(1),
            user.get(2),
            Long.parseLong(user.get(3)));
      }
      for (List<String> token : from.tokens()) {
        update(
            "INSERT INTO tokens(name, hash, role, created) VALUES(?, ?, ?, ?)",
            token.get(0),
            token.get(1),
            token.get(2),
            Long.parseLong(token.get(3)));
      }
      statement.execute("PRAGMA user_version = " + from.version());
      db.commit();
    } finally {
      release();
    }
  }

  /** Changes users or tokens, here and in the copy. */
  private int change(String sql, Object... values) throws SQLException {
    int changed;
    db.setAutoCommit(false);
    try (Statement statement = db.createStatement()) {
      changed = update(sql, values);
      statement.execute("PRAGMA user_version = " + (version() + 1));
      db.commit();
    } finally {
      release();
    }
    try {
      current().write(copy);
    } catch (IOException e) { // the next opening writes it
      LOG.warn(
          "the copy of users and tokens cannot be written file={} reason={}", copy, e.toString());
    }
    return changed;
  }

  private void release() throws SQLException {
    if (!db.getAutoCommit()) {
      db.rollback(); // does nothing after a commit
      db.setAutoCommit(true);
    }
  }

  /**
   * Makes the first administrator when there never was a user, with a password made up here.
   *
   * @param file where the password goes, readable by the owner alone
   * @return the file when a user was made
   */
  public Optional<Path> ensureFirstAdmin(Path file) throws SQLException, IOException {
    lock.lock();
    try {
      if (condition == Condition.LOST || !current().users().isEmpty()) {
        return Optional.empty();
      }
      String password = secret(15);
      writePrivately(file, password);
      insertUser("admin", password, Role.ADMIN, true);
      return Optional.of(file);
    } finally {
      lock.unlock();
    }
  }

  /** Adds a user who has to change the password at the first log-in. */
  public void addUser(String name, String password, Role role) throws SQLException {
    lock.lock();
    try {
      insertUser(name, password, role, true);
    } finally {
      lock.unlock();
    }
  }

  private void insertUser(String name, String password, Role role, boolean mustChange)
      throws SQLException {
    change(
        "INSERT INTO users(name, hash, role, must_change) VALUES(?, ?, ?, ?)",
        name,
        hash(password),
        role.name(),
        mustChange);
  }

  /** The user with this password; empty when either is wrong or the account is locked. */
  public Optional<Identity> login(String name, String password, Instant now) throws SQLException {
    lock.lock();
    try {
      Optional<Account> found = account(name);
      if (found.isEmpty()) {
        hash(password); // the same work for a name that does not exist, so that names cannot be
        // found out
        return Optional.empty();
      }
      Account account = found.get();
      if (account.lockedUntil() > now.toEpochMilli()) {
        return Optional.empty();
      }
      if (!PasswordHash.matches(password, account.hash())) {
        countFailure(name, account.failed() + 1, now);
        return Optional.empty();
      }
      update("UPDATE users SET failed = 0, locked_until = 0 WHERE name = ?", name);
      return Optional.of(account.identity());
    } finally {
      lock.unlock();
    }
  }

  private record Account(Identity identity, String hash, int failed, long lockedUntil) {}

  /**
   * Reads a row to its end. While a row is open SQLite shows the file as it was, and refuses to
   * write once others have written to it; and comparing a password takes time.
   */
  private Optional<Account> account(String name) throws SQLException {
    try (PreparedStatement select =
        db.prepareStatement(
            "SELECT hash, role, must_change, failed, locked_until FROM users WHERE name = ?")) {
      select.setString(1, name);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Account(
                    new Identity(name, Role.valueOf(row.getString(2)), row.getBoolean(3)),
                    row.getString(1),
                    row.getInt(4),
                    row.getLong(5)))
            : Optional.empty();
      }
    }
  }

  private void countFailure(String name, int failed, Instant now) throws SQLException {
    long lockedUntil = failed >= TRIES ? now.plus(LOCK).toEpochMilli() : 0;
    update(
        "UPDATE users SET failed = ?, locked_until = ? WHERE name = ?",
        failed >= TRIES ? 0 : failed,
        lockedUntil,
        name);
  }

  /**
   * Changes a password.
   *
   * @return false when the old one is wrong or the new one is too short or the same
   */
  public boolean changePassword(String name, String old, String fresh, Instant now)
      throws SQLException {
    if (fresh.length() < SHORTEST_PASSWORD
        || fresh.equals(old)
        || login(name, old, now).isEmpty()) {
      return false;
    }
    lock.lock();
    try {
      change("UPDATE users SET hash = ?, must_change = 0 WHERE name = ?", hash(fresh), name);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a user another password, to be changed at the next log-in, and unlocks the account.
   *
   * @return false when there is no user of this name
   */
  public boolean resetPassword(String name, String password) throws SQLException {
    lock.lock();
    try {
      return change(
              "UPDATE users SET hash = ?, must_change = 1, failed = 0, locked_until = 0 WHERE name"
                  + " = ?",
              hash(password),
              name)
          > 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a token, in the place of an earlier one of the same name.
   *
   * @return the token; it is not kept and cannot be shown again
   */
  public String createToken(String name, Role role, Instant now) throws SQLException {
    String token = "dgd_" + secret(32);
    lock.lock();
    try {
      change(
          "INSERT OR REPLACE INTO tokens(name, hash, role, created) VALUES(?, ?, ?, ?)",
          name,
          sha256(token),
          role.name(),
          now.toEpochMilli());
      return token;
    } finally {
      lock.unlock();
    }
  }

  /** Takes a token back; false when there is none of this name. */
  public boolean revokeToken(String name) throws SQLException {
    lock.lock();
    try {
      return change("DELETE FROM tokens WHERE name = ?", name) > 0;
    } finally {
      lock.unlock();
    }
  }

  /** Who holds this token. */
  public Optional<Identity> tokenIdentity(String token) throws SQLException {
    lock.lock();
    try (PreparedStatement select =
        db.prepareStatement("SELECT name, role FROM tokens WHERE hash = ?")) {
      select.setString(1, sha256(token));
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Identity("token:" + row.getString(1), Role.valueOf(row.getString(2)), false))
            : Optional.empty();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Names and roles of all users. */
  public List<Identity> users() throws SQLException {
    lock.lock();
    try (Statement statement = db.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT name, role, must_change FROM users ORDER BY name")) {
      List<Identity> users = new ArrayList<>();
      while (row.next()) {
        users.add(
            new Identity(row.getString(1), Role.valueOf(row.getString(2)), row.getBoolean(3)));
      }
      return users;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      db.close();
    } finally {
      lock.unlock();
    }
  }

  /** Writes a text into a file that only its owner can read. */
  public static void writePrivately(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    createPrivately(file);
    Files.writeString(file, text + System.lineSeparator(), StandardOpenOption.CREATE);
  }

  /** Makes an empty file that only its owner can read. */
  static void createPrivately(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file,
          java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
              EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
    } else {
      Files.createFile(file);
    }
  }

  private int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = db.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private String hash(String password) {
    return PasswordHash.of(password, random);
  }

  private String secret(int bytes) {
    byte[] raw = new byte[bytes];
    random.nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).toLowerCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
