/**
 * Carries what the historian holds to other systems, by a durable cursor. The disk is the queue: an
 * outage downstream costs nothing but lag. It must not touch devices or the control path.
 */
@NullMarked
package io.deungdae.collector.forward;

import org.jspecify.annotations.NullMarked;
