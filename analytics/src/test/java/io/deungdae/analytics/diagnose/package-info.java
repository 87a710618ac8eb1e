/** Tests of the room of the same name. */
@NullMarked
package io.deungdae.analytics.diagnose;

import org.jspecify.annotations.NullMarked;
