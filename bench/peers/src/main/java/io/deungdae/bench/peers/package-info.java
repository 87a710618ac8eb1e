/**
 * Other collectors doing what our benchmarks do, for figures from the same run. It must not know
 * anything of ours.
 */
@NullMarked
package io.deungdae.bench.peers;

import org.jspecify.annotations.NullMarked;
