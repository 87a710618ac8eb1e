/**
 * Runs trained networks without the library that trained them: plain arrays, no allocation per
 * call. Weights come in as arrays or as a file, predictions and input gradients go out. It must not
 * know DL4J, nor what a prediction is for.
 */
@NullMarked
package io.deungdae.analytics.kernel;

import org.jspecify.annotations.NullMarked;
