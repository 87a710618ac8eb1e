/**
 * The words everybody uses: tag, value, sample, quality, unit, time. Anything may use them; they
 * use the JDK alone. They must not know how a value is fetched, kept or judged.
 */
@NullMarked
package io.deungdae.collector.signal;

import org.jspecify.annotations.NullMarked;
