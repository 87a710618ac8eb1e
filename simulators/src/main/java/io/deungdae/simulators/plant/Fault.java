package io.deungdae.simulators.plant;

/**
 * One thing that can go wrong in a plant.
 *
 * @param id the true cause, e.g. {@code heater-zone2-degraded}
 * @param en what it is, English
 * @param ko what it is, Korean
 * @param effect what it does at size 1, with numbers
 */
public record Fault(String id, String en, String ko, String effect) {}
