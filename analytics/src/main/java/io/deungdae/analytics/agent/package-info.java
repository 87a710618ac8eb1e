/**
 * Watches one process unit: learns from history, judges the board, proposes remedies and learns
 * what became of them. Board, history and effects come in; judgements go out through a slot. It
 * must not know the control loop.
 */
@NullMarked
package io.deungdae.analytics.agent;

import org.jspecify.annotations.NullMarked;
