/**
 * What the gateway knows: the board (latest sample of each tag) and the historian (all of them, on
 * disk). Samples come in from the device threads; everybody else reads. It must not know protocols
 * or judgements.
 */
@NullMarked
package io.deungdae.collector.store;

import org.jspecify.annotations.NullMarked;
