/**
 * Small pieces of plant dynamics that several plants need: lags, dead times, wandering
 * disturbances. All chance is drawn from a source that is handed in; knows no plant.
 */
@NullMarked
package io.deungdae.simulators.dynamics;

import org.jspecify.annotations.NullMarked;
