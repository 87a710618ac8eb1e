package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import java.util.List;
import java.util.Optional;

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
    return settings.link().url();
  }

  @Override
  public Device build(SampleSink sink, Clock clock, Runnable wake) {
    return new MqttDevice(this, sink, clock, wake);
  }

  @Override
  public Optional<Probe> probe(Clock clock) throws DeviceException {
    return Optional.of(new MqttProbe(this, Listening.open(this, clock)));
  }

  @Override
  public Optional<Browser> browser(Clock clock) throws DeviceException {
    return Optional.of(new MqttBrowser(this, Listening.open(this, clock)));
  }
}
