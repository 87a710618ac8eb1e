package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import java.util.List;

/**
 * A broker, checked and ready to be connected to.
 *
 * @param device the device's name
 * @param settings how it is reached
 * @param tags its tags
 */
record MqttSpec(String device, MqttSettings settings, List<MqttTag> tags) implements DeviceSpec {

  @Override
  public String endpoint() {
    return settings.broker();
  }

  @Override
  public Device build(SampleSink sink, Clock clock, Runnable wake) {
    return new MqttDevice(this, sink, clock, wake);
  }
}
