/**
 * What drivers that poll have in common: when to read, what to read together, and how bits become
 * samples. Places and periods of tags come in, blocks and moments go out. It must not know any
 * protocol.
 */
@NullMarked
package io.deungdae.collector.driver.scan;

import org.jspecify.annotations.NullMarked;
