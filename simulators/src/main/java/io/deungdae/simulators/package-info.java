/**
 * Plants with physics behind real protocol servers, with faults on demand. Setpoints come in over
 * the wire only. It must not know anything of the gateway.
 */
@NullMarked
package io.deungdae.simulators;

import org.jspecify.annotations.NullMarked;
