package io.deungdae.control.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  @TempDir Path folder;

  @Test
  void firstStartMakesAnAdministratorWithASecretOnlyTheOwnerCanRead() throws Exception {
    try (Accounts accounts = new Accounts(folder.resolve("a.db"))) {
      Path file = accounts.ensureFirstAdmin(folder.resolve("first-password")).orElseThrow();
      String password = Files.readString(file).strip();
      assertTrue(password.length() >= 20);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertTrue(accounts.login("admin", password, NOW).orElseThrow().mustChangePassword());
      assertTrue(accounts.ensureFirstAdmin(folder.resolve("again")).isEmpty());
    }
  }

  @Test
  void changedPasswordReplacesTheFirstAndShortOnesAreRefused() throws Exception {
    try (Accounts accounts = new Accounts(folder.resolve("a.db"))) {
      accounts.addUser("kim", "the first password", Role.OPERATOR);
      assertFalse(accounts.changePassword("kim", "the first password", "short", NOW));
      assertFalse(accounts.changePassword("kim", "a wrong password", "a much better one", NOW));
      assertTrue(accounts.changePassword("kim", "the first password", "a much better one", NOW));
      assertTrue(accounts.login("kim", "the first password", NOW).isEmpty());
      assertFalse(
          accounts.login("kim", "a much better one", NOW).orElseThrow().mustChangePassword());
    }
  }

  @Test
  void fiveWrongPasswordsLockTheAccountForAWhile() throws Exception {
    try (Accounts accounts = new Accounts(folder.resolve("a.db"))) {
      accounts.addUser("kim", "the right password", Role.VIEWER);
      for (int i = 0; i < 5; i++) {
        assertTrue(accounts.login("kim", "a wrong password", NOW).isEmpty());
      }
      assertTrue(accounts.login("kim", "the right password", NOW).isEmpty());
      assertTrue(
          accounts
              .login("kim", "the right password", NOW.plus(Duration.ofMinutes(16)))
              .isPresent());
    }
  }

  @Test
  void peopleLogInWhileOthersWriteIntoTheSameFile() throws Exception {
    Path file = folder.resolve("a.db");
    AtomicBoolean done = new AtomicBoolean();
    try (Accounts accounts = new Accounts(file);
        Accounts others = new Accounts(file)) {
      accounts.addUser("kim", "the right password", Role.VIEWER);
      Thread writing =
          new Thread(
              () -> {
                while (!done.get()) {
                  assertDoesNotThrow(() -> others.createToken("t", Role.VIEWER, NOW));
                  LockSupport.parkNanos(2_000_000);
                }
              });
      writing.start();
      try {
        assertTrue(accounts.login("kim", "the right password", NOW).isPresent());
        assertTrue(accounts.changePassword("kim", "the right password", "a better word", NOW));
      } finally {
        done.set(true);
        writing.join();
      }
    }
  }

  @Test
  void tokensWorkUntilTheyAreRevokedAndNeitherTheyNorPasswordsAreOnDisk() throws Exception {
    Path file = folder.resolve("a.db");
    String token;
    try (Accounts accounts = new Accounts(file)) {
      accounts.addUser("kim", "the right password", Role.VIEWER);
      token = accounts.createToken("scada", Role.OPERATOR, NOW);
      assertEquals("token:scada", accounts.tokenIdentity(token).orElseThrow().name());
      assertTrue(accounts.tokenIdentity(token + "x").isEmpty());
      assertTrue(accounts.revokeToken("scada"));
      assertTrue(accounts.tokenIdentity(token).isEmpty());
    }
    String disk = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertFalse(disk.contains(token));
    assertFalse(disk.contains("the right password"));
  }
}
