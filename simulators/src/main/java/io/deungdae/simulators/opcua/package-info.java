/**
 * Serves any plant over OPC UA: an object per group, variables with unit and range, an event per
 * finished cycle. It knows plants by their contract only.
 */
@NullMarked
package io.deungdae.simulators.opcua;

import org.jspecify.annotations.NullMarked;
