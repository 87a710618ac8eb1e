/** What collecting costs: the product itself as a process, sources of signals in another. */
@NullMarked
package io.deungdae.bench.collect;

import org.jspecify.annotations.NullMarked;
