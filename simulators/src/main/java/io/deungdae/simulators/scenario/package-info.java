/**
 * What is to happen at which plant time, read from YAML and played on plants and servers. Must not
 * know any plant or protocol in particular.
 */
@NullMarked
package io.deungdae.simulators.scenario;

import org.jspecify.annotations.NullMarked;
