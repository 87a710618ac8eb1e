package io.deungdae.control.audit;

/**
 * Where the chain ends. Noted outside of the gateway (in a shift book, in the delivered data) it
 * also proves that nothing was cut off at the end.
 *
 * @param seq number of the last record, 0 when there is none
 * @param hash its hash; 64 zeros when there is none
 */
public record AuditHead(long seq, String hash) {

  /** Of an empty chain. */
  public static final AuditHead EMPTY = new AuditHead(0, AuditLine.GENESIS);
}
