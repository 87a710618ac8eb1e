/**
 * Answers LS Electric's XGT protocol over Ethernet as a PLC does. Requests come in from any client;
 * plants are known only by their signals.
 */
@NullMarked
package io.deungdae.simulators.xgt;

import org.jspecify.annotations.NullMarked;
