/**
 * Trials of the XGT driver against the simulated PLC: here, because the two modules must not know
 * each other. What is in here uses the driver as the gateway does, through its protocol and agent.
 */
@NullMarked
package io.deungdae.control.xgt;

import org.jspecify.annotations.NullMarked;
