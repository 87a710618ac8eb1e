/**
 * Copies of everything that a site is: settings, history, records, models, cursors; and the way
 * back. May see settings and the historian. Must not know the loop or the interface.
 */
@NullMarked
package io.deungdae.control.backup;

import org.jspecify.annotations.NullMarked;
