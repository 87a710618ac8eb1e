/** Tests of the room of the same name. */
@NullMarked
package io.deungdae.analytics.agent;

import org.jspecify.annotations.NullMarked;
