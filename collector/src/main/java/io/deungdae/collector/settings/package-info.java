/**
 * Reads settings: YAML sections and tag lists, with the file and line of every value. All problems
 * are collected and reported at once. It must not open a connection.
 */
@NullMarked
package io.deungdae.collector.settings;

import org.jspecify.annotations.NullMarked;
