/**
 * What every PLC of a simulated plant is made of: loops, setpoints with limits and ramps, key
 * switch and heartbeat watchdog, alarms, interlocks, counters. Takes measurements and time as
 * arguments; knows no plant and no protocol.
 */
@NullMarked
package io.deungdae.simulators.plc;

import org.jspecify.annotations.NullMarked;
