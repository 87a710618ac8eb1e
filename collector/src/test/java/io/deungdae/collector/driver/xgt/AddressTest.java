package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    // text, bit, area, first byte, bit, contact
    "D100, false, D, 200, -1, false",
    "d100, false, D, 200, -1, false",
    "%DW100, false, D, 200, -1, false",
    "%DB201, false, D, 201, -1, false",
    "%DD50, false, D, 200, -1, false",
    "%DL25, false, D, 200, -1, false",
    "D100.A, true, D, 201, 2, false",
    "M0012F, true, M, 25, 7, false",
    "M12.F, true, M, 25, 7, false",
    "M0012, false, M, 24, -1, false",
    "M0012, true, M, 2, 2, false", // word 1, bit 2, as XG5000 shows it
    "P5, true, P, 0, 5, false",
    "%MX2764, true, M, 345, 4, false",
    "T5, true, T, 5, -1, true",
    "T5, false, T, 10, -1, false",
    "%CX7, true, C, 7, -1, true",
    "U3.1, false, U, 194, -1, false",
    "UA.31, false, U, 702, -1, false",
    "U3.1.A, true, U, 195, 2, false",
    "Z127, false, Z, 254, -1, false",
    "N21503, false, N, 43006, -1, false",
  })
  void xgk(String text, boolean bit, char area, int start, int at, boolean contact) {
    assertEquals(
        Optional.of(new Address(area, start, at, contact)), Address.parse(text, Cpu.XGK, bit));
  }

  @ParameterizedTest
  @CsvSource({
    "%MW100, false, M, 200, -1",
    "%MX2764, true, M, 345, 4",
    "%RD3, false, R, 12, -1",
    "%WB7, false, W, 7, -1",
    "%IX0.1.12, true, I, 9, 4", // base 0, slot 1: 64 bits further on
    "%QX1.0.0, true, Q, 128, 0", // base 1: 16 slots further on
    "%IW0.2.3, false, I, 22, -1",
  })
  void xgi(String text, boolean bit, char area, int start, int at) {
    assertEquals(
        Optional.of(new Address(area, start, at, false)), Address.parse(text, Cpu.XGI, bit));
  }

  @ParameterizedTest
  @CsvSource({
    "'', XGK, false",
    "D, XGK, false",
    "D100, XGK, true", // which bit?
    "D100.3, XGK, false", // a bit is no number
    "M0012F, XGK, false",
    "M00G, XGK, true",
    "%MX5, XGK, false",
    "%MW5, XGK, true",
    "%IW0, XGK, false", // no such area
    "%IX0.0.1, XGK, true",
    "D100, XGI, false", // IEC variables only
    "%DW100, XGI, false",
    "%MX0.0.1, XGI, true", // only I and Q lie in slots
    "U3.32, XGK, false",
    "%DW99999999, XGK, false",
    "T5.3, XGI, true",
    "%%DW1, XGK, false",
  })
  void placesThatDoNotExistAreRefused(String text, Cpu cpu, boolean bit) {
    assertEquals(Optional.empty(), Address.parse(text, cpu, bit));
  }

  @ParameterizedTest
  @CsvSource({
    "M172.C, DECIMAL, %MX2764", // XGL-EFMF manual 7.1.1 note 4
    "M172.C, HEX, %MX172C",
    "M0.3, DECIMAL, %MX3",
    "M0.3, HEX, %MX03",
    "T12, HEX, %TX12",
  })
  void bitsAreNamedAsTheFamilyWants(String text, XgtSettings.BitIndex index, String name) {
    assertEquals(name, Address.parse(text, Cpu.XGK, true).orElseThrow().bitName(index));
  }

  @ParameterizedTest
  @CsvSource({
    "D1234, BYTE, %DB2468", // XGL-EFMF manual 7.1.1 note 3
    "D1234, WORD, %DW1234",
    "D1234, DWORD, %DD617",
    "UA.3, WORD, %UWA.3",
    "U1.3, BYTE, %UB1.6",
  })
  void placesAreNamedByTheirSize(String text, DataType type, String name) {
    assertEquals(name, Address.parse(text, Cpu.XGK, false).orElseThrow().name(type));
  }
}
