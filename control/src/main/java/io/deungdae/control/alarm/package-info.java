/**
 * What needs a person, in the manner of ISA-18.2. Conditions come in from any thread, what people
 * do about them from the console; the control thread works out the states. It must not know what
 * the conditions mean.
 */
@NullMarked
package io.deungdae.control.alarm;

import org.jspecify.annotations.NullMarked;
