package io.deungdae.control.site;

import io.deungdae.analytics.agent.AnalyticsSettings;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.control.loop.LoopSettings;

/**
 * A process unit of the site.
 *
 * @param unit its tags and the parts they play
 * @param analytics how it is learnt and judged
 * @param loop how it is controlled
 */
public record UnitSettings(PlantUnit unit, AnalyticsSettings analytics, LoopSettings loop) {}
