package io.deungdae.collector.store;

/**
 * What is drawn of a {@link Rollup}; the names mean the same.
 *
 * @param us start of the period, microseconds since 1970
 */
record Outline(
    long us,
    double first,
    double low,
    double high,
    double last,
    long firstUs,
    long lowUs,
    long highUs,
    long lastUs,
    long gapUs) {}
