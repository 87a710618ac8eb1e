package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.scan.Block;
import io.deungdae.collector.driver.scan.Scan;
import io.deungdae.collector.signal.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read in one request: one block byte by byte, or the words of several small ones by name,
 * or contacts by name.
 *
 * @param blocks at least one; several only if their words together are at most 16
 */
record Fetch(List<Block<Point>> blocks) implements Scan {

  Fetch {
    blocks = List.copyOf(blocks);
  }

  private Block<Point> first() {
    return blocks.get(0);
  }

  @Override
  public long periodNs() {
    return first().periodNs();
  }

  @Override
  public int start() {
    return first().start();
  }

  /** All points. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    blocks.forEach(block -> points.addAll(block.points()));
    return points;
  }

  /** True when it is asked for word by word and not as bytes. */
  private boolean byName() {
    return blocks.size() > 1 || first().first().address().area() == 'U';
  }

  private boolean contacts() {
    return first().first().address().contact();
  }

  /** First word of a block. */
  private static Address firstWord(Block<Point> block) {
    return Address.ofByte(block.first().address().area(), block.start() / 2 * 2);
  }

  /** How many words a block touches; 1 for a contact. */
  static int words(Block<Point> block) {
    if (block.first().address().contact()) {
      return 1;
    }
    return (block.start() + block.count() + 1) / 2 - block.start() / 2;
  }

  /** The request. */
  Request request() {
    if (contacts()) {
      return new Request.ReadVariables(
          DataType.BIT,
          blocks.stream()
              .map(b -> b.first().address().bitName(XgtSettings.BitIndex.DECIMAL))
              .toList());
    }
    if (!byName()) {
      Address start = Address.ofByte(first().first().address().area(), first().start());
      return new Request.ReadBytes(start.name(DataType.BYTE), first().count());
    }
    List<String> names = new ArrayList<>();
    for (Block<Point> block : blocks) {
      names.addAll(Request.names(firstWord(block), DataType.WORD, words(block)));
    }
    return new Request.ReadVariables(DataType.WORD, names);
  }

  /** Its samples, out of what was read at {@code now}. */
  List<Sample> samples(List<ByteBuffer> data, Instant now, long nowNs) {
    List<Sample> samples = new ArrayList<>();
    int used = 0;
    for (Block<Point> block : blocks) {
      ByteBuffer memory = data.get(used);
      int offset = block.start();
      if (byName() && !contacts()) {
        memory = joined(data, used, words(block));
        offset = firstWord(block).start();
        used += words(block);
      } else {
        used++;
      }
      for (Point point : block.points()) {
        samples.add(point.sample(memory, point.start() - offset, now, nowNs));
      }
    }
    return samples;
  }

  /** Words that were told one by one, as they lie in the PLC. */
  static ByteBuffer joined(List<ByteBuffer> data, int from, int words) {
    ByteBuffer memory = ByteBuffer.allocate(Short.BYTES * words).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < words; i++) {
      memory.putShort(Short.BYTES * i, data.get(from + i).getShort(0));
    }
    return memory;
  }

  /** True when a refusal may be due to one part alone. */
  boolean divisible() {
    return blocks.size() > 1 || first().points().size() > 1;
  }

  /** Two halves, for a request that the PLC refuses. Only if {@link #divisible}. */
  List<Fetch> halves() {
    if (blocks.size() == 1) {
      return first().halves().stream().map(half -> new Fetch(List.of(half))).toList();
    }
    int middle = blocks.size() / 2;
    return List.of(
        new Fetch(blocks.subList(0, middle)), new Fetch(blocks.subList(middle, blocks.size())));
  }
}
