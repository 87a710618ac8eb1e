/** Tests of the wiring's parts. */
@NullMarked
package io.deungdae.control.run;

import org.jspecify.annotations.NullMarked;
