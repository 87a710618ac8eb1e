/**
 * Sparkplug B over MQTT, as a host application: births, data by alias, deaths and commands, with a
 * codec that publishers use too. Messages come in, samples and commands go out. It must not know
 * what the values mean.
 */
@NullMarked
package io.deungdae.collector.driver.sparkplug;

import org.jspecify.annotations.NullMarked;
