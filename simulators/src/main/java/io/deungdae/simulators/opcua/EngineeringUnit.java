package io.deungdae.simulators.opcua;

import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/** Engineering units as OPC UA tells them: UN/CEFACT codes (OPC UA Part 8 §5.6.3). */
final class EngineeringUnit {

  private static final String CEFACT = "http://www.opcfoundation.org/UA/units/un/cefact";

  /** UNECE Recommendation 20, annex I. */
  private static final Map<String, String> CODES =
      Map.ofEntries(
          Map.entry("°C", "CEL"),
          Map.entry("MPa", "MPA"),
          Map.entry("bar", "BAR"),
          Map.entry("s", "SEC"),
          Map.entry("mm", "MMT"),
          Map.entry("cm³", "CMQ"),
          Map.entry("mm/s", "C16"),
          Map.entry("mm/min", "H81"),
          Map.entry("g", "GRM"),
          Map.entry("kW", "KWT"),
          Map.entry("kWh", "KWH"),
          Map.entry("%", "P1"));

  private EngineeringUnit() {}

  /** The unit with this symbol; one that has no code keeps its symbol under our own namespace. */
  static EUInformation of(String symbol) {
    LocalizedText name = LocalizedText.english(symbol);
    String code = CODES.get(symbol);
    return code == null
        ? new EUInformation(PlantNamespace.URI, -1, name, name)
        : new EUInformation(CEFACT, number(code), name, name);
  }

  /** The bytes of the code, most significant first. */
  private static int number(String code) {
    int number = 0;
    for (int i = 0; i < code.length(); i++) {
      number = number << 8 | code.charAt(i);
    }
    return number;
  }
}
