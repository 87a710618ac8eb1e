/**
 * Decides whether the plant behaves as it was learnt. Feature vectors come in, scores and
 * contributions go out. It must not know causes.
 */
@NullMarked
package io.deungdae.analytics.detect;

import org.jspecify.annotations.NullMarked;
