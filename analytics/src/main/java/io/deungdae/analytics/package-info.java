/**
 * What the gateway thinks of the plant: judgements, their causes and remedies. History and the
 * board come in; judgements go out through one slot. It must not know the control loop, nor a
 * running gateway.
 */
@NullMarked
package io.deungdae.analytics;

import org.jspecify.annotations.NullMarked;
