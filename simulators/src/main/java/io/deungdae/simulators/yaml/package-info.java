/**
 * Reads YAML files so that every mistake names file, line, key, what was found and what is allowed.
 * Knows nothing of what the files are about.
 */
@NullMarked
package io.deungdae.simulators.yaml;

import org.jspecify.annotations.NullMarked;
