/**
 * An injection moulding machine, shot by shot: barrel, melt, mould, quality, and a PLC with a key
 * switch, a watchdog and limits of its own. Setpoints come in through {@link
 * io.deungdae.simulators.plant.Plant#write} only. It must not know any protocol.
 */
@NullMarked
package io.deungdae.simulators.moulding;

import org.jspecify.annotations.NullMarked;
