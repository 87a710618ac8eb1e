/** Tests of the running gateway's parts. */
@NullMarked
package io.deungdae.control.run;

import org.jspecify.annotations.NullMarked;
