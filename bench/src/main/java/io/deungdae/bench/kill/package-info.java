/**
 * The gateway killed again and again under load: is every sample there, once, in the history and in
 * InfluxDB?
 */
@NullMarked
package io.deungdae.bench.kill;

import org.jspecify.annotations.NullMarked;
