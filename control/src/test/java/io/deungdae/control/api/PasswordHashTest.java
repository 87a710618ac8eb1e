package io.deungdae.control.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

  /** Made by password4j 1.8.4, which earlier versions used: their users must not be locked out. */
  private static final String BY_OTHERS =
      "$argon2id$v=19$m=19456,t=2,p=1$b6DWoUKFBbdKfDmWCxraiA"
          + "$gIRAucpgN/E4DYuQxC08snm1qUJR/XmCnvhukKnBAbY";

  @Test
  void aHashMadeByAnotherLibraryIsUnderstood() {
    assertTrue(PasswordHash.matches("등대 correct horse", BY_OTHERS));
    assertFalse(PasswordHash.matches("등대 correct horsf", BY_OTHERS));
  }

  @Test
  void eachHashHasASaltOfItsOwn() {
    SecureRandom random = new SecureRandom();
    String one = PasswordHash.of("secret", random);
    assertNotEquals(one, PasswordHash.of("secret", random));
    assertTrue(PasswordHash.matches("secret", one));
    assertFalse(PasswordHash.matches("", one));
  }

  @Test
  void aDamagedHashMatchesNothing() {
    assertFalse(PasswordHash.matches("x", ""));
    assertFalse(PasswordHash.matches("x", BY_OTHERS.replace("m=19456", "m=9999999")));
    assertFalse(PasswordHash.matches("x", BY_OTHERS.replace("argon2id", "argon2d")));
    assertFalse(PasswordHash.matches("x", BY_OTHERS.substring(0, 60)));
  }
}
