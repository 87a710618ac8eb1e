/**
 * Models of the plant: what comes out if that is set. History comes in, predictions go out. It must
 * not decide anything.
 */
@NullMarked
package io.deungdae.analytics.process;

import org.jspecify.annotations.NullMarked;
