package io.deungdae.collector.driver.broker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files in PEM form; null where the machine's own are to do.
 *
 * @param ca certificates that are trusted
 * @param certificate our own certificate, with its chain
 * @param key its key, PKCS 8, not encrypted
 */
public record Tls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {}
