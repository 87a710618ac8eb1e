/**
 * What forwarding costs and how fast a backlog is caught up, against a real InfluxDB. Started by
 * bench/forward, never part of the tests.
 */
@NullMarked
package io.deungdae.bench.forward;

import org.jspecify.annotations.NullMarked;
