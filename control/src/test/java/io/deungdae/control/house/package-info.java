/** Tests of the house itself: its rooms, its settings, its wire. */
@NullMarked
package io.deungdae.control.house;

import org.jspecify.annotations.NullMarked;
