/**
 * Modbus TCP, and Modbus RTU over TCP or on a serial line. Addresses and types of the tag list come
 * in, samples go out. It must not know what a value means or why one is written; nothing else may
 * see j2mod.
 */
@NullMarked
package io.deungdae.collector.driver.modbus;

import org.jspecify.annotations.NullMarked;
