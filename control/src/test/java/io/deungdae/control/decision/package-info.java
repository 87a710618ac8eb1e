/** Tests of the package. */
@NullMarked
package io.deungdae.control.decision;

import org.jspecify.annotations.NullMarked;
