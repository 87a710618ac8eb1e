/** What exporting a long history costs. */
@NullMarked
package io.deungdae.bench.export;

import org.jspecify.annotations.NullMarked;
