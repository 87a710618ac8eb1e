/**
 * Brings files to S3-compatible storage and remembers what has been brought: uploads that are
 * verified and harmless to repeat, a durable cursor, a hash-chained usage ledger. It must not know
 * how data sets are made.
 */
@NullMarked
package io.deungdae.kamp.delivery;

import org.jspecify.annotations.NullMarked;
