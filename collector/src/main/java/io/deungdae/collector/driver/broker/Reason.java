package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.tls.TlsTrouble;

/** Why a broker is not to be had, in words for an operator. */
final class Reason {

  private Reason() {}

  /**
   * The reason behind a failure of the library.
   *
   * @param password true when the broker said that it is the user or the password
   */
  static String of(Exception failure, boolean password) {
    if (password) {
      return "the broker does not accept user or password: " + failure.getMessage();
    }
    return TlsTrouble.behind(failure)
        .orElseGet(
            () -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              return failure.getMessage() + " (" + cause.getMessage() + ")";
            });
  }
}
