package io.deungdae.control.run;

import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.agent.AnalyticsAgent;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.control.site.SiteSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lets one unit's agent judge, and puts its objective and score where all other samples are. */
final class AnalyticsTurn {

  private final AnalyticsAgent agent;
  private final Tag objective;
  private final Tag score;
  private final SampleSink sink;
  private long publishedNs = Long.MIN_VALUE;

  AnalyticsTurn(AnalyticsAgent agent, TagTable tags, SampleSink sink) {
    this.agent = agent;
    this.objective = tags.get(SiteSettings.objectiveTag(agent.unit().name()));
    this.score = tags.get(SiteSettings.scoreTag(agent.unit().name()));
    this.sink = sink;
  }

  void tick(Instant now, long nowNs) {
    agent.tick(now, nowNs);
    Judgement judgement = agent.judgements().latest();
    if (judgement == null || judgement.atNs() == publishedNs) {
      return;
    }
    publishedNs = judgement.atNs();
    List<Sample> samples = new ArrayList<>(2);
    add(samples, objective, judgement.objective(), judgement);
    add(samples, score, judgement.score(), judgement);
    if (!samples.isEmpty()) {
      sink.accept(samples);
    }
  }

  private static void add(List<Sample> samples, Tag tag, double value, Judgement judgement) {
    if (Double.isFinite(value)) {
      samples.add(Sample.number(tag, value, judgement.at(), judgement.at(), judgement.atNs()));
    }
  }
}
