/**
 * Serves any plant over Modbus TCP. Requests come in from any client; plants are known only by
 * their signals.
 */
@NullMarked
package io.deungdae.simulators.modbus;

import org.jspecify.annotations.NullMarked;
