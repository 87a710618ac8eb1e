package io.deungdae.collector.store;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Draws trends from the coarsest rows that give the same picture: roll-ups where one is no longer
 * than a bucket of the picture or two, samples where the roll-ups have not followed yet and where a
 * bucket is shorter than half a minute. A roll-up says when its first, lowest, highest and last
 * value were, so a picture drawn from it has the same points as one drawn from samples. Any thread.
 */
final class TrendSource {

  private final Database database;
  private final Rollups rollups;

  TrendSource(Database database, Rollups rollups) {
    this.database = database;
    this.rollups = rollups;
  }

  Trend trend(Tag tag, long fromUs, long toUs, int maxPoints) {
    Period period = period(tag, TrendReader.width(fromUs, toUs, maxPoints));
    TrendReader reader = new TrendReader(fromUs, toUs, maxPoints, period == null ? 1 : period.us());
    draw(reader, tag.name(), period, fromUs, toUs);
    return reader.trend();
  }

  private static @Nullable Period period(Tag tag, long widthUs) {
    if (tag.kind() == Kind.TEXT || widthUs < Period.MINUTE.us() / 2) {
      return null;
    }
    return widthUs < Period.HOUR.us() / 2 ? Period.MINUTE : Period.HOUR;
  }

  private void draw(
      TrendReader reader, String tag, @Nullable Period period, long fromUs, long toUs) {
    if (fromUs >= toUs) {
      return;
    }
    if (period == null) {
      samples(reader, tag, fromUs, toUs);
      return;
    }
    Period finer = period == Period.HOUR ? Period.MINUTE : null;
    long startUs = Math.min(toUs, period.ceil(fromUs));
    long endUs = Math.max(startUs, period.floor(toUs));
    draw(reader, tag, finer, fromUs, startUs);
    long doneUs = startUs;
    for (Stretch fresh : rollups.unsettled(period, tag, startUs, endUs)) {
      rolled(reader, tag, period, doneUs, fresh.fromUs());
      draw(reader, tag, finer, fresh.fromUs(), fresh.toUs() + 1);
      doneUs = fresh.toUs() + 1;
    }
    rolled(reader, tag, period, doneUs, endUs);
    draw(reader, tag, finer, endUs, toUs);
  }

  /** Where samples are deleted and the tag's class did not keep them, minutes stand for them. */
  private void samples(TrendReader reader, String tag, long fromUs, long toUs) {
    long goneUs = Math.min(toUs, Math.max(fromUs, rollups.keptBeforeUs()));
    long before = reader.came();
    scan(reader, tag, fromUs, goneUs);
    if (reader.came() == before) {
      rolled(reader, tag, Period.MINUTE, fromUs, goneUs);
    }
    scan(reader, tag, goneUs, toUs);
  }

  private void scan(TrendReader reader, String tag, long fromUs, long toUs) {
    if (fromUs < toUs) {
      Stretch when = new Stretch(fromUs, toUs - 1);
      database.scan(when, name -> name.equals(tag) ? 0 : -1, reader);
    }
  }

  /** Where minutes are deleted too, hours stand for them. */
  private void rolled(TrendReader reader, String tag, Period period, long fromUs, long toUs) {
    long before = reader.came();
    rollups.draw(period, tag, fromUs, toUs, reader::add);
    boolean gone = reader.came() == before && fromUs < rollups.keptBeforeUs();
    if (gone && period == Period.MINUTE) {
      rollups.draw(Period.HOUR, tag, fromUs, toUs, reader::add);
    }
  }
}
