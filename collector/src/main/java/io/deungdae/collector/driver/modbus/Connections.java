package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several connections to one device, used side by side. One that breaks takes the others with it.
 */
final class Connections implements Link {

  private final List<? extends Link> links;
  private final int[] underWay;
  private final Deque<Integer> order = new ArrayDeque<>();

  /** Connections, at least one, all of the same kind. */
  Connections(List<? extends Link> links) {
    this.links = List.copyOf(links);
    this.underWay = new int[links.size()];
  }

  @Override
  public void open() throws DeviceException {
    close();
    for (Link link : links) {
      link.open();
    }
  }

  @Override
  public int room() {
    return links.stream().mapToInt(Link::room).sum();
  }

  @Override
  public void send(int ticket, byte[] pdu, Urgency urgency) throws DeviceException {
    int idle = 0;
    for (int i = 1; i < underWay.length; i++) {
      idle = underWay[i] < underWay[idle] ? i : idle;
    }
    links.get(idle).send(ticket, pdu, urgency);
    underWay[idle]++;
    order.add(idle);
  }

  /** The connection with the oldest request answers first, as far as the device keeps order. */
  @Override
  public @Nullable Answer receive() throws DeviceException {
    Iterator<Integer> oldest = order.iterator();
    int from = oldest.next();
    Answer answer = links.get(from).receive();
    if (answer == null) {
      return null;
    }
    oldest.remove();
    underWay[from]--;
    return answer;
  }

  @Override
  public int patience() {
    return links.get(0).patience();
  }

  @Override
  public void close() {
    order.clear();
    for (int i = 0; i < underWay.length; i++) {
      underWay[i] = 0;
      links.get(i).close();
    }
  }
}
