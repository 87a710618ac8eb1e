package io.deungdae.control.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.Accounts.Condition;
import io.deungdae.control.api.Role;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged SQLite file costs nobody the way in, and lets nobody else in. */
final class StateRescueTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final int DECISIONS = 400;

  @TempDir Path folder;
  private Path file;
  private Path copy;
  private String token = "";

  @BeforeEach
  void store() throws Exception {
    file = folder.resolve("state.db");
    copy = folder.resolve("state.db.accounts");
    try (Accounts accounts = new Accounts(file)) {
      accounts.addUser("kim", "the first password", Role.ADMIN);
      accounts.changePassword("kim", "the first password", "a much better one", NOW);
      accounts.createToken("old", Role.ADMIN, NOW);
      accounts.revokeToken("old");
      token = accounts.createToken("mes", Role.VIEWER, NOW);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE decision(id TEXT PRIMARY KEY, json TEXT)");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO decision VALUES(?, ?)")) {
        for (int i = 0; i < DECISIONS; i++) {
          insert.setString(1, "D" + i);
          insert.setString(2, "x".repeat(900));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  private void assertAccounts(Condition condition) throws Exception {
    try (Accounts accounts = new Accounts(file)) {
      assertEquals(condition, accounts.condition());
      assertEquals(
          Role.ADMIN, accounts.login("kim", "a much better one", NOW).orElseThrow().role());
      assertTrue(accounts.login("kim", "the first password", NOW).isEmpty());
      assertEquals(Role.VIEWER, accounts.tokenIdentity(token).orElseThrow().role());
      assertTrue(accounts.ensureFirstAdmin(folder.resolve("first-password")).isEmpty());
    }
  }

  private void overwrite(long place, int bytes) throws Exception {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] noise = new byte[bytes];
      Arrays.fill(noise, (byte) 0x5A);
      open.seek(place);
      open.write(noise);
    }
  }

  @Test
  void aSoundFileIsLeftAlone() throws Exception {
    assertTrue(StateRescue.mend(file, NOW).isEmpty());
    assertAccounts(Condition.SOUND);
    assertFalse(Files.exists(folder.resolve("damaged-state-20261123-060000-000")));
  }

  @Test
  void whatIsNotDamagedIsReadOutAndTheRestOfTheUsersComesFromTheCopy() throws Exception {
    overwrite(40 * 4096L, 4096);
    overwrite(60 * 4096L, 4096);
    StateRescue.Found found = StateRescue.mend(file, NOW).orElseThrow();
    long decisions = found.rows().getOrDefault("decision", 0L);
    assertTrue(decisions >= DECISIONS - 10 && decisions < DECISIONS, found.summary());
    assertTrue(Files.exists(found.aside().resolve("state.db")));
    assertAccounts(Condition.SOUND);
    assertTrue(StateRescue.mend(file, NOW).isEmpty(), "it is sound now");
  }

  @Test
  void aHeadThatIsOverwrittenCostsNothing() throws Exception {
    overwrite(0, 100);
    StateRescue.Found found = StateRescue.mend(file, NOW).orElseThrow();
    assertEquals(DECISIONS, found.rows().getOrDefault("decision", 0L), found.summary());
    assertAccounts(Condition.RESTORED); // the number of changes was in the head
  }

  @Test
  void aFileThatIsGoneOrEmptyIsNoNewBeginning() throws Exception {
    Files.write(file, new byte[0]);
    assertTrue(StateRescue.mend(file, NOW).isEmpty());
    assertAccounts(Condition.RESTORED);
    assertAccounts(Condition.SOUND);
    Files.delete(file);
    assertAccounts(Condition.RESTORED);
  }

  @Test
  void aRoleThatHasChangedOnDiskIsNotBelieved() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE tokens SET role = 'ADMIN'");
    }
    assertAccounts(Condition.RESTORED);
  }

  @Test
  void aCopyThatACrashLeftBehindIsNotBelieved() throws Exception {
    byte[] before = Files.readAllBytes(copy);
    try (Accounts accounts = new Accounts(file)) {
      accounts.revokeToken("mes");
    }
    Files.write(copy, before);
    try (Accounts accounts = new Accounts(file)) {
      assertEquals(Condition.SOUND, accounts.condition());
      assertTrue(accounts.tokenIdentity(token).isEmpty());
    }
  }

  @Test
  void withoutAnythingLeftNobodyGetsInUntilTheOwnerOfTheMachineMakesAUser() throws Exception {
    overwrite(0, (int) Files.size(file));
    byte[] text = Files.readAllBytes(copy);
    text[text.length / 2] ^= 1;
    Files.write(copy, text);
    StateRescue.Found found = StateRescue.mend(file, NOW).orElseThrow();
    assertTrue(found.rows().isEmpty());
    try (Accounts accounts = new Accounts(file)) {
      assertEquals(Condition.LOST, accounts.condition());
      assertTrue(accounts.ensureFirstAdmin(folder.resolve("first-password")).isEmpty());
      assertTrue(accounts.users().isEmpty());
      accounts.addUser("lee", "a new password now", Role.ADMIN);
    }
    try (Accounts accounts = new Accounts(file)) {
      assertEquals(Condition.SOUND, accounts.condition());
    }
  }
}
