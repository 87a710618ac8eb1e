/**
 * Questions about the past: values at a time, many tags in one table. Rows come in by time through
 * {@link io.deungdae.collector.history.RowSource} and go out one after the other, so no answer has
 * to fit into memory. Knows neither files nor the network.
 */
@NullMarked
package io.deungdae.collector.history;

import org.jspecify.annotations.NullMarked;
