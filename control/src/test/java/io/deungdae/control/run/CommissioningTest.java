package io.deungdae.control.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.control.api.ApiException;
import io.deungdae.control.api.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Looking at devices by hand: bounded, one at a time, links always dropped. */
class CommissioningTest {

  private final AtomicInteger open = new AtomicInteger();
  private final SteppedClock clock = new SteppedClock();
  private final Commissioning commissioning = new Commissioning(clock);

  /** Goes on by itself, so that time passes while a device is asked. */
  private static final class SteppedClock implements Clock {
    private long ns;
    private long stepNs;

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(ns);
    }

    @Override
    public long nanoTime() {
      return ns += stepNs;
    }
  }

  /** A device with as many places as it is asked for. */
  private final class Scripted implements DeviceSpec {
    private Runnable meanwhile = () -> {};

    @Override
    public String endpoint() {
      return "scripted";
    }

    @Override
    public Device build(SampleSink sink, Clock theClock, Runnable wake) {
      throw new AssertionError("nobody builds a driver to look at a device");
    }

    @Override
    public Optional<Probe> probe(Clock theClock) {
      open.incrementAndGet();
      return Optional.of(
          new Probe() {
            @Override
            public Reading read(String address, String type, int count) throws DeviceException {
              meanwhile.run();
              if (address.equals("hr:9")) {
                throw new DeviceException(DeviceException.Kind.REJECTED, "plc", "no such register");
              }
              return new Reading(
                  List.of("address", "type", "count"), List.of(List.of(address, type, "" + count)));
            }

            @Override
            public void close() {
              open.decrementAndGet();
            }
          });
    }

    @Override
    public Optional<Browser> browser(Clock theClock) {
      open.incrementAndGet();
      return Optional.of(
          new Browser() {
            @Override
            public boolean browse(String from, int most, Consumer<Found> out) {
              for (int i = 0; i < most; i++) {
                out.accept(
                    new Found(
                        List.of("Boiler", "T" + i),
                        "ns=2;i=" + i,
                        "float64",
                        true,
                        "°C",
                        Range.ALL,
                        Label.of(""),
                        true));
              }
              return false;
            }

            @Override
            public void close() {
              open.decrementAndGet();
            }
          });
    }
  }

  private static DeviceSettings device(DeviceSpec spec) {
    Duration any = Duration.ofSeconds(1);
    return new DeviceSettings("plc", "scripted", true, false, any, any, any, spec, List.of());
  }

  private static Wire.ReadRequest request(String address) {
    return new Wire.ReadRequest(address, "uint16", 2);
  }

  @Test
  void readsOnALinkOfItsOwnAndDropsIt() throws DeviceException {
    Wire.ReadingView reading = commissioning.read(device(new Scripted()), request("hr:1"));
    assertEquals(List.of(List.of("hr:1", "uint16", "2")), reading.rows());
    assertEquals(0, open.get());
  }

  @Test
  void aRefusalOfTheDeviceComesThroughAndTheLinkIsDropped() {
    assertThrows(
        DeviceException.class, () -> commissioning.read(device(new Scripted()), request("hr:9")));
    assertEquals(0, open.get());
  }

  @Test
  void twoPeopleDoNotLookAtOneDeviceAtOnce() throws DeviceException {
    Scripted spec = new Scripted();
    spec.meanwhile =
        () ->
            assertEquals(
                409,
                assertThrows(
                        ApiException.class, () -> commissioning.read(device(spec), request("hr:2")))
                    .status());
    commissioning.read(device(spec), request("hr:1"));
    spec.meanwhile = () -> {};
    commissioning.read(device(spec), request("hr:2"));
  }

  @Test
  void whatAProtocolDoesNotOfferIsSaid() {
    DeviceSpec dumb =
        new DeviceSpec() {
          @Override
          public String endpoint() {
            return "";
          }

          @Override
          public Device build(SampleSink sink, Clock theClock, Runnable wake) {
            throw new AssertionError();
          }
        };
    ApiException error =
        assertThrows(ApiException.class, () -> commissioning.read(device(dumb), request("hr:1")));
    assertEquals("not-offered", error.code());
    assertThrows(ApiException.class, () -> commissioning.browse(device(dumb), "", 10));
  }

  @Test
  void wrongRequestsAreTurnedAway() {
    for (Wire.ReadRequest wrong :
        List.of(
            new Wire.ReadRequest("", null, null),
            new Wire.ReadRequest("hr:1", null, 0),
            new Wire.ReadRequest("hr:1", null, 100_000))) {
      ApiException error =
          assertThrows(ApiException.class, () -> commissioning.read(device(new Scripted()), wrong));
      assertEquals(400, error.status());
    }
  }

  @Test
  void aDeviceWithoutEndIsBrowsedForHalfAMinute() throws DeviceException {
    clock.stepNs = Duration.ofSeconds(1).toNanos();
    Wire.BrowseView view = commissioning.browse(device(new Scripted()), "", 20_000);
    assertFalse(view.all());
    assertTrue(view.found().size() <= 31, "found " + view.found().size());
    assertEquals(0, open.get());
  }
}
