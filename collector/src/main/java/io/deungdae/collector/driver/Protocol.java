package io.deungdae.collector.driver;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import java.util.List;

/**
 * A protocol: reads the settings of a device that speaks it. The list of protocols is in the
 * wiring.
 */
public interface Protocol {

  /**
   * Its name in the settings, e.g. {@code modbus}; also the name of the device's section with the
   * protocol's own settings.
   */
  String name();

  /**
   * Checks the settings of one device and its tags, without opening a connection. Mistakes go to
   * the section's and rows' problems; what is returned may then not be used.
   *
   * @param device the device's name
   * @param section the protocol's own section of the device's settings
   * @param scan the device's scan classes
   * @param rows the device's tags
   */
  DeviceSpec read(String device, Section section, ScanClasses scan, List<TagRow> rows);
}
