package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.opcua.OpcUaSettings.Sessions;
import io.deungdae.collector.driver.opcua.OpcUaTag.Way;
import io.deungdae.collector.signal.Clock;
import java.util.List;

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
}
