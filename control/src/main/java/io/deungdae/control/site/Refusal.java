package io.deungdae.control.site;

import io.deungdae.collector.signal.Label;

/**
 * A change of the settings that cannot be made while the gateway runs.
 *
 * @param what the setting, device or tag
 * @param why why not, and what helps
 */
public record Refusal(String what, Label why) {}
