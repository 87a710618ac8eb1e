/** Tests of the package. */
@NullMarked
package io.deungdae.control.guard;

import org.jspecify.annotations.NullMarked;
