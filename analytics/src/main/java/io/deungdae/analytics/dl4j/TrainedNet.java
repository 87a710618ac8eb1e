package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.CompiledNet;

/**
 * A net and how it came about.
 *
 * @param net ready to run; belongs to one thread, copy it for another
 * @param report what the training came to
 */
public record TrainedNet(CompiledNet net, TrainingReport report) {}
