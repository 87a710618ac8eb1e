/**
 * Pictures for the plants' documents: traces over time, drawn as SVG. Takes numbers; knows no
 * plant, and draws the same bits from the same numbers.
 */
@NullMarked
package io.deungdae.simulators.study;

import org.jspecify.annotations.NullMarked;
