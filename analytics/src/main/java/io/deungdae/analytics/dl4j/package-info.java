/**
 * Trains networks with DL4J and compiles them to a small kernel. Arrays of double come in, compiled
 * nets go out. No INDArray leaves it.
 */
@NullMarked
package io.deungdae.analytics.dl4j;

import org.jspecify.annotations.NullMarked;
