/** Benchmarks, run by hand. It may know everything; nothing may know it. */
@NullMarked
package io.deungdae.bench;

import org.jspecify.annotations.NullMarked;
