package io.deungdae.control.loop;

import java.time.Duration;

/**
 * What is asked of the judgements.
 *
 * @param maxAge greatest age of a judgement
 * @param demoteAfter how long it may be unfit before the loop is demoted; nothing moves on its
 *     account meanwhile
 * @param readyFor how long it must have been fit before the loop acts by itself
 */
public record ModelSettings(Duration maxAge, Duration demoteAfter, Duration readyFor) {}
