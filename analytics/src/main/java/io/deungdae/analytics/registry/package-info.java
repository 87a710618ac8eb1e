/**
 * Keeps trained models with their cards, and finds the one in force. Models come in and go out by
 * id. It must not train.
 */
@NullMarked
package io.deungdae.analytics.registry;

import org.jspecify.annotations.NullMarked;
