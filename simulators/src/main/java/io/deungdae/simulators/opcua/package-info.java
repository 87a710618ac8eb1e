/**
 * Serves any plant over OPC UA: an object per group, variables with unit and range, writes that the
 * PLC may refuse. Plants are reached through {@link io.deungdae.simulators.opcua.PlantAccess} only.
 * It must not know which plant it serves.
 */
@NullMarked
package io.deungdae.simulators.opcua;

import org.jspecify.annotations.NullMarked;
