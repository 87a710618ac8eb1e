/**
 * A rack plating line for zinc from an acid bath: rectifier, bath, rinses, degreaser, filter,
 * hoist, laboratory, PLC and operators. Fed by writes, faults and time; knows no protocol.
 */
@NullMarked
package io.deungdae.simulators.plating;

import org.jspecify.annotations.NullMarked;
