/**
 * Turns samples into the numbers the models see: windows, lags, standardisation. Samples come in,
 * feature vectors go out. It must not know what they are used for.
 */
@NullMarked
package io.deungdae.analytics.feature;

import org.jspecify.annotations.NullMarked;
