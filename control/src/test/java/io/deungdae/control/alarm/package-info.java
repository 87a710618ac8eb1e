/** Tests of the package. */
@NullMarked
package io.deungdae.control.alarm;

import org.jspecify.annotations.NullMarked;
