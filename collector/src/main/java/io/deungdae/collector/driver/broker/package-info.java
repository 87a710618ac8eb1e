/**
 * One connection to an MQTT broker, 3.1.1 or 5, through Paho: TLS, subscriptions, publishing, and
 * acknowledgements that are ours to give. Messages come in and go out. It must not know what is in
 * them.
 */
@NullMarked
package io.deungdae.collector.driver.broker;

import org.jspecify.annotations.NullMarked;
