/**
 * What was done, by whom, when and why, on disk for good. Events come in from any thread and are
 * written by one of its own. It must not know what the events mean.
 */
@NullMarked
package io.deungdae.control.audit;

import org.jspecify.annotations.NullMarked;
