/** Waits between attempts, for everything that tries again. It knows nothing else of the house. */
@NullMarked
package io.deungdae.collector.retry;

import org.jspecify.annotations.NullMarked;
