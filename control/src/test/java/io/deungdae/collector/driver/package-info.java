/**
 * Test support that has to sit beside the device agent: the real agent, run by the test's own
 * thread and clock, so that hours of plant time pass in seconds and always in the same order.
 */
@NullMarked
package io.deungdae.collector.driver;

import org.jspecify.annotations.NullMarked;
