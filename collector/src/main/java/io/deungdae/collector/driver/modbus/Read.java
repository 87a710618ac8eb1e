package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.scan.Block;
import io.deungdae.collector.driver.scan.Scan;
import java.util.List;

/** A block as it is asked for: its request, made once. Used by the device's thread. */
final class Read implements Scan {

  private static final long NEVER = Long.MIN_VALUE;

  final Block<Point> block;
  final byte[] request;
  final int start;
  final int count;

  private final int[] last;
  private long toldNs = NEVER;
  private long notBeforeNs = NEVER;
  private boolean answered;

  Read(Block<Point> block) {
    this.block = block;
    this.start = block.start();
    this.count = block.count();
    this.request = Wire.read(block.first().table(), start, count);
    this.last = new int[count];
  }

  List<Point> points() {
    return block.points();
  }

  @Override
  public long periodNs() {
    return block.periodNs();
  }

  @Override
  public int start() {
    return start;
  }

  /** It was answered, with values. */
  void answered() {
    answered = true;
  }

  /** True when it has been answered before, so that silence is news. */
  boolean hasBeenAnswered() {
    return answered;
  }

  /** Leaves it out of the fast loop until then. */
  void rest(long untilNs) {
    notBeforeNs = untilNs;
  }

  /** True when the fast loop may read it. */
  boolean isAwake(long nowNs) {
    return notBeforeNs == NEVER || nowNs - notBeforeNs >= 0;
  }

  /** True once a period: when all its points are to be told, changed or not. */
  boolean isToTell(long nowNs) {
    if (toldNs != NEVER && nowNs - toldNs < periodNs()) {
      return false;
    }
    toldNs = nowNs;
    return true;
  }

  /** True when a point's cells differ from those kept. */
  boolean hasChanged(Point point, int[] cells) {
    int from = point.start() - start;
    for (int i = from; i < from + point.cells(); i++) {
      if (cells[i] != last[i]) {
        return true;
      }
    }
    return false;
  }

  /** Keeps cells to compare the next ones with. */
  void keep(int[] cells) {
    System.arraycopy(cells, 0, last, 0, count);
  }

  /** After a failure the next reading is told whatever it is. */
  void forget() {
    toldNs = NEVER;
  }
}
