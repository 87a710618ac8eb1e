/** Tests of the words everybody uses. */
@NullMarked
package io.deungdae.collector.signal;

import org.jspecify.annotations.NullMarked;
