/** Tests of the room of the same name. */
@NullMarked
package io.deungdae.analytics.process;

import org.jspecify.annotations.NullMarked;
