package io.deungdae.simulators.opcua;

import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;

/** Samples and publishes down to 10 ms. */
final class FastLimits implements OpcUaServerConfigLimits {

  @Override
  public Double getMinSupportedSampleRate() {
    return 10.0;
  }

  @Override
  public Double getMinPublishingInterval() {
    return 10.0;
  }

  @Override
  public Double getDefaultPublishingInterval() {
    return 250.0;
  }
}
