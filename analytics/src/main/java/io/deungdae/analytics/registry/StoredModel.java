package io.deungdae.analytics.registry;

/**
 * A model set with the id it is kept under.
 *
 * @param id {@code unit-yyyyMMdd-HHmmss-hash8}
 * @param set the models
 */
public record StoredModel(String id, ModelSet set) {}
