package io.deungdae.control.cli;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import picocli.CommandLine;

/** Says in one line why a device could not be asked. */
final class DeviceTrouble {

  private DeviceTrouble() {}

  /** Says it, and returns the exit code. */
  static int tell(CommandLine line, DeviceSettings device, DeviceException e) {
    line.getErr()
        .println(
            "deungdae: "
                + device.name()
                + " ("
                + device.spec().endpoint()
                + "): "
                + e.kind()
                + ": "
                + e.getMessage());
    return CommandLine.ExitCode.SOFTWARE;
  }
}
