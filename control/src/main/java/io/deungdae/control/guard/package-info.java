/**
 * What may be written and what may not. Proposals of models, operators and programs come in,
 * verdicts go out; every value on its way to a device passes here. It must not know how proposals
 * are made nor how values are sent.
 */
@NullMarked
package io.deungdae.control.guard;

import org.jspecify.annotations.NullMarked;
