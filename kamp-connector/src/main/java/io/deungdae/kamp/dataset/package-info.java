/**
 * Makes a data set of a window of history: CSV, Parquet, catalogue, statistics, quality indices,
 * manifest. Grids of values come in through {@link io.deungdae.kamp.dataset.FrameSource}; files in
 * a folder go out. It must not know where they are delivered.
 */
@NullMarked
package io.deungdae.kamp.dataset;

import org.jspecify.annotations.NullMarked;
