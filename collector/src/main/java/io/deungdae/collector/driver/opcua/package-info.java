/**
 * OPC UA: addresses, sessions, subscriptions, reads and writes through Milo. Tags and setpoints
 * come in, samples and write results go out. It must not know what the values mean, nor why one is
 * written.
 */
@NullMarked
package io.deungdae.collector.driver.opcua;

import org.jspecify.annotations.NullMarked;
