/** Tests of the room of the same name. */
@NullMarked
package io.deungdae.analytics.detect;

import org.jspecify.annotations.NullMarked;
