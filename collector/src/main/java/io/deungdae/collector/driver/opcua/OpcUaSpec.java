package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.opcua.OpcUaSettings.Sessions;
import io.deungdae.collector.driver.opcua.OpcUaTag.Way;
import io.deungdae.collector.signal.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A server, checked and ready to be connected to.
 *
 * @param device the device's name
 * @param settings how it is reached
 * @param tags its tags
 */
record OpcUaSpec(String device, OpcUaSettings settings, List<OpcUaTag> tags) implements DeviceSpec {

  @Override
  public String endpoint() {
    return settings.endpoint();
  }

  /** True when there is something that control waits for. */
  boolean wantsSecondSession() {
    return settings.sessions() == Sessions.TWO
        && tags.stream().anyMatch(tag -> tag.way() == Way.FAST || tag.tag().writable());
  }

  @Override
  public Device build(SampleSink sink, Clock clock, Runnable wake) {
    return new OpcUaDevice(this, sink, clock, wake);
  }

  @Override
  public Optional<Probe> probe(Clock clock) throws DeviceException {
    Link link = Link.open(this, clock.now(), () -> {});
    try {
      return Optional.of(new NodeProbe(link));
    } catch (DeviceException e) {
      link.close();
      throw e;
    }
  }

  @Override
  public Optional<Browser> browser(Clock clock) throws DeviceException {
    Link link = Link.open(this, clock.now(), () -> {});
    try {
      return Optional.of(new NodeBrowser(link));
    } catch (DeviceException e) {
      link.close();
      throw e;
    }
  }
}
