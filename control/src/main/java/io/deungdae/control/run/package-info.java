/**
 * The whole gateway, wired: which part gets which, in which order they start and stop. Checked
 * settings come in, a running gateway comes out. It decides nothing.
 */
@NullMarked
package io.deungdae.control.run;

import org.jspecify.annotations.NullMarked;
