/**
 * A continuous quench furnace line: hardening zones, atmosphere, belt, salt bath, inspection, the
 * PLC that runs them and the operator who runs the PLC. Knows plants in general and no protocol.
 */
@NullMarked
package io.deungdae.simulators.furnace;

import org.jspecify.annotations.NullMarked;
