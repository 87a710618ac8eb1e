/**
 * Talks to devices: one agent and one thread for each, and the outbox through which setpoints reach
 * it. Guarded setpoints come in, samples and outcomes go out. It must not know why a setpoint was
 * chosen.
 */
@NullMarked
package io.deungdae.collector.driver;

import org.jspecify.annotations.NullMarked;
