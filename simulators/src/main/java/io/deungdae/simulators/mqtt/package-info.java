/**
 * An MQTT broker, the energy meters that publish to it, and plants as publishers of JSON or
 * Sparkplug B. Setpoints come in by subscription; what is measured comes in as suppliers or through
 * {@link io.deungdae.simulators.trouble.Outlook}. No plant in particular is known here.
 */
@NullMarked
package io.deungdae.simulators.mqtt;

import org.jspecify.annotations.NullMarked;
