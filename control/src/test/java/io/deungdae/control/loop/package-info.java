/** Tests of the control loop, closed over a small plant. */
@NullMarked
package io.deungdae.control.loop;

import org.jspecify.annotations.NullMarked;
