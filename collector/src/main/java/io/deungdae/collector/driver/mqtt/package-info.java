/**
 * MQTT: topics, JSON payloads and acknowledgements through Paho. Messages come in, samples go out,
 * and a message is acknowledged when its samples are on disk. It must not know what the values
 * mean.
 */
@NullMarked
package io.deungdae.collector.driver.mqtt;

import org.jspecify.annotations.NullMarked;
