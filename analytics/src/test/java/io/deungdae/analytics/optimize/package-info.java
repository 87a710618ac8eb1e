/** Tests of the room of the same name. */
@NullMarked
package io.deungdae.analytics.optimize;

import org.jspecify.annotations.NullMarked;
