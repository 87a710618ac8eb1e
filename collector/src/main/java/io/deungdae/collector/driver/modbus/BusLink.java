package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.signal.Clock;
import org.jspecify.annotations.Nullable;

/**
 * One device's share of a bus. A request is kept until the device waits for its answer; then the
 * turn is waited for, the request sent and the answer received.
 */
final class BusLink implements Link {

  private static final int PATIENCE = 3;

  private final String device;
  private final ModbusSettings settings;
  private final Buses buses;
  private final Clock clock;
  private @Nullable Bus bus;
  private byte[] pdu = {};
  private int ticket;
  private Urgency urgency = Urgency.IN_TURN;
  private boolean answered;

  BusLink(String device, ModbusSettings settings, Buses buses, Clock clock) {
    this.device = device;
    this.settings = settings;
    this.buses = buses;
    this.clock = clock;
  }

  @Override
  public void open() throws DeviceException {
    close();
    answered = false;
    bus = buses.join(device, settings.link(), this::fresh);
    bus.open(device);
  }

  private Bus fresh() {
    LinkSettings link = settings.link();
    return new Bus(
        link,
        new FramedLink(link.place(), settings, link.line(clock), link.frames(), clock),
        clock);
  }

  @Override
  public int room() {
    return 1;
  }

  @Override
  public void send(int newTicket, byte[] newPdu, Urgency newUrgency) {
    ticket = newTicket;
    pdu = newPdu;
    urgency = newUrgency;
  }

  @Override
  public Answer receive() throws DeviceException {
    Bus joined = bus;
    if (joined == null) {
      throw new DeviceException(
          DeviceException.Kind.CONNECT, device, settings.endpoint() + " is not connected");
    }
    Answer answer =
        joined.exchange(
            device, settings.unit(), ticket, pdu, settings.timeout().toNanos(), urgency);
    answered |= answer.pdu() != null;
    return answer;
  }

  /** A unit that has never answered holds up the others only once before it is left alone. */
  @Override
  public int patience() {
    return answered ? PATIENCE : 1;
  }

  @Override
  public void close() {
    if (bus != null) {
      bus = null;
      buses.leave(settings.link().place());
    }
  }
}
