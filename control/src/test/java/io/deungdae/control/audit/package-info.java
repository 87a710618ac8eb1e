/** Tests of the package. */
@NullMarked
package io.deungdae.control.audit;

import org.jspecify.annotations.NullMarked;
