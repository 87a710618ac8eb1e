/**
 * What every simulated plant has: signals, steps of time, faults. Served by the protocol packages;
 * knows none of them.
 */
@NullMarked
package io.deungdae.simulators.plant;

import org.jspecify.annotations.NullMarked;
