/**
 * An MQTT broker and the energy meters that publish to it. What is measured comes in as suppliers;
 * plants are not known here.
 */
@NullMarked
package io.deungdae.simulators.mqtt;

import org.jspecify.annotations.NullMarked;
