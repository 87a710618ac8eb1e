/**
 * Works out which setpoints are best within limits. Plant models and limits come in, remedies go
 * out. It must not write anything.
 */
@NullMarked
package io.deungdae.analytics.optimize;

import org.jspecify.annotations.NullMarked;
