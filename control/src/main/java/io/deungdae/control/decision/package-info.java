/**
 * One decision from its first sign to its end: why, what, with which leave, what was written, what
 * it brought. Judgements, verdicts and outcomes come in, records go out. It must not know how the
 * loop carries a decision out.
 */
@NullMarked
package io.deungdae.control.decision;

import org.jspecify.annotations.NullMarked;
