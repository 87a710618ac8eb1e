/**
 * Decides and acts: the loop, its guards, the decisions and their record, alarms, the interface for
 * people; and the wiring of the whole gateway. Everything may come in here. It must not know a
 * protocol.
 */
@NullMarked
package io.deungdae.control;

import org.jspecify.annotations.NullMarked;
