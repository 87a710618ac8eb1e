package io.deungdae.simulators.opcua;

/** Whose certificates a server accepts on its encrypted endpoint. */
public enum ClientTrust {
  /** Those in the folder {@code pki/trusted/certs}; others are kept in {@code pki/rejected}. */
  LISTED,
  /** Any, as the open endpoint beside it does anyway; for demonstrations. */
  ANY
}
