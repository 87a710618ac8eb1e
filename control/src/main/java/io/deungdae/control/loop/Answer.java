package io.deungdae.control.loop;

import io.deungdae.collector.signal.Label;

/**
 * What came of asking for a mode or of approving a decision.
 *
 * @param done true when it was done
 * @param why what was done, or why not
 */
public record Answer(boolean done, Label why) {}
