package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A broker with edge nodes, checked and ready to be connected to.
 *
 * @param device the device's name
 * @param settings how it is reached
 * @param tags its tags
 */
record SparkplugSpec(String device, SparkplugSettings settings, List<SparkplugTag> tags)
    implements DeviceSpec {

  @Override
  public String endpoint() {
    return settings.link().url();
  }

  @Override
  public Device build(SampleSink sink, Clock clock, Runnable wake) {
    return new SparkplugDevice(this, sink, clock, wake);
  }

  @Override
  public Optional<Browser> browser(Clock clock) throws DeviceException {
    return Optional.of(SparkplugBrowser.open(this, clock));
  }
}
