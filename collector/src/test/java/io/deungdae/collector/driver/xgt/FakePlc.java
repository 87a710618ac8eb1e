package io.deungdae.collector.driver.xgt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A link with an XGK at once behind it: holds words, keeps the requests in words. */
final class FakePlc implements Link {

  final List<String> asked = new ArrayList<>();

  /** First bytes that exist in no area. */
  final Set<Integer> refused = new HashSet<>();

  /** Contacts that are on, by name. */
  final Set<String> contacts = new HashSet<>();

  int refuseAllWith;
  int silent;
  boolean newestFirst;
  int mostUnderWay;

  private final Map<String, Integer> bytes = new HashMap<>();
  private final Deque<Reply> answers = new ArrayDeque<>();
  private int lastId;

  void word(char area, int word, int value) {
    bytes.put(area + ":" + 2 * word, value & 0xFF);
    bytes.put(area + ":" + (2 * word + 1), (value >>> 8) & 0xFF);
  }

  int word(char area, int word) {
    return at(area, 2 * word) | (at(area, 2 * word + 1) << 8);
  }

  private int at(char area, int at) {
    return bytes.getOrDefault(area + ":" + at, 0);
  }

  @Override
  public void open() {
    answers.clear();
  }

  @Override
  public int send(Request request) {
    lastId++;
    if (silent > 0) {
      silent--;
      asked.add("unanswered");
      return lastId;
    }
    Header header = new Header(Company.LSIS_XGT, 0x0104, 0xA0, Source.PLC, lastId, 0);
    Reply reply = new Reply(lastId, header, answer(request));
    if (newestFirst) {
      answers.addFirst(reply);
    } else {
      answers.addLast(reply);
    }
    mostUnderWay = Math.max(mostUnderWay, answers.size());
    return lastId;
  }

  @Override
  public @Nullable Reply await(long deadlineNs) {
    return answers.poll();
  }

  @Override
  public void forget(int invokeId) {
    answers.removeIf(reply -> reply.invokeId() == invokeId);
  }

  @Override
  public void close() {}

  private Answer answer(Request request) {
    try {
      Answer answer =
          request instanceof Request.ReadVariables read
              ? read(read)
              : request instanceof Request.ReadBytes read
                  ? read(read)
                  : request instanceof Request.WriteVariables write
                      ? write(write)
                      : write((Request.WriteBytes) request);
      return refuseAllWith == 0 ? answer : new Answer.Refused(new Refusal(refuseAllWith));
    } catch (java.util.NoSuchElementException e) {
      return new Answer.Refused(new Refusal(0x11));
    } catch (IllegalStateException e) {
      return new Answer.Refused(new Refusal(4));
    }
  }

  private Answer read(Request.ReadVariables read) {
    asked.add("read " + read.type() + " " + String.join(" ", read.names()));
    List<ByteBuffer> data = new ArrayList<>();
    for (String name : read.names()) {
      if (read.type() == DataType.BIT) {
        data.add(ByteBuffer.wrap(new byte[] {(byte) (bit(name) ? 1 : 0)}));
      } else {
        data.add(bytes(place(name), read.type().bytes()));
      }
    }
    return new Answer.Values(data);
  }

  private boolean bit(String name) {
    Address place = Address.parse(name, Cpu.XGK, true).orElseThrow();
    return place.contact()
        ? contacts.contains(name)
        : ((at(place.area(), place.start()) >>> place.bit()) & 1) != 0;
  }

  private static Address place(String name) {
    return Address.parse(name, Cpu.XGK, false).orElseThrow();
  }

  private Answer read(Request.ReadBytes read) {
    asked.add("readbytes " + read.name() + " " + read.count());
    return read.count() > 1400
        ? new Answer.Refused(new Refusal(5))
        : new Answer.Values(List.of(bytes(place(read.name()), read.count())));
  }

  private ByteBuffer bytes(Address place, int count) {
    ByteBuffer memory = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (refused.contains(place.start() + i)) {
        throw new IllegalStateException("no such place");
      }
      memory.put(i, (byte) at(place.area(), place.start() + i));
    }
    return memory;
  }

  private Answer write(Request.WriteVariables write) {
    String name = write.names().get(0);
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < write.type().bytes(); i++) {
      value.append(String.format(Locale.ROOT, "%02X", (write.values().get(0) >>> (8 * i)) & 0xFF));
    }
    asked.add("write " + write.type() + " " + name + "=" + value);
    if (write.type() == DataType.BIT) {
      Address place = Address.parse(name, Cpu.XGK, true).orElseThrow();
      int mask = 1 << place.bit();
      int held = at(place.area(), place.start());
      boolean on = write.values().get(0) != 0;
      bytes.put(place.area() + ":" + place.start(), on ? held | mask : held & ~mask);
    } else {
      for (int i = 0; i < write.type().bytes(); i++) {
        put(place(name), i, (int) (write.values().get(0) >>> (8 * i)) & 0xFF);
      }
    }
    return new Answer.Written();
  }

  private Answer write(Request.WriteBytes write) {
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < write.bytes().size(); i++) {
      value.append(String.format(Locale.ROOT, "%02X", write.bytes().get(i)));
      put(place(write.name()), i, write.bytes().get(i));
    }
    asked.add("writebytes " + write.name() + " " + value);
    return new Answer.Written();
  }

  private void put(Address place, int i, int value) {
    bytes.put(place.area() + ":" + (place.start() + i), value);
  }
}
