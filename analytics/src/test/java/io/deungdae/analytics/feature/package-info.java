/** Tests of the room of the same name. */
@NullMarked
package io.deungdae.analytics.feature;

import org.jspecify.annotations.NullMarked;
