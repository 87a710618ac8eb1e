/**
 * What studies of plants are told with: pictures. Takes numbers and words; knows no plant and no
 * protocol.
 */
@NullMarked
package io.deungdae.simulators.study;

import org.jspecify.annotations.NullMarked;
