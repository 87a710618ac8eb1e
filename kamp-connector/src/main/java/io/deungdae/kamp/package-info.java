/**
 * Delivers data sets to the KAMP platform. History comes in; data files, catalogue documents and
 * receipts go out to S3-compatible storage. It must not know control or analytics.
 */
@NullMarked
package io.deungdae.kamp;

import org.jspecify.annotations.NullMarked;
