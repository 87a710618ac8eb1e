/**
 * Tables on their way out of the house: CSV, JSON lines, Parquet, row by row in constant memory. A
 * table is columns and cells; what they mean is the caller's. Knows neither the database nor the
 * network.
 */
@NullMarked
package io.deungdae.collector.export;

import org.jspecify.annotations.NullMarked;
