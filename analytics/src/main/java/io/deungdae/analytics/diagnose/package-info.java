/**
 * Finds the likely cause of an anomaly. Residuals and the fault library come in, ranked causes go
 * out. It must not know remedies.
 */
@NullMarked
package io.deungdae.analytics.diagnose;

import org.jspecify.annotations.NullMarked;
