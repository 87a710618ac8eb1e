/**
 * A melting tank for powdery food raw material: vessel, jacket, agitator, laboratory, the PLC that
 * runs its batches and the operator who runs the PLC. Knows plants in general and no protocol.
 */
@NullMarked
package io.deungdae.simulators.melting;

import org.jspecify.annotations.NullMarked;
