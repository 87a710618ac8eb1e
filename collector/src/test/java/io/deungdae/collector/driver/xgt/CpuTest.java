package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CpuTest {

  /** Servers of other people leave the byte 0, and so do panels. */
  @Test
  void familyThatIsNotToldContradictsNoSettings() {
    for (Cpu cpu : Cpu.values()) {
      assertFalse(cpu.isContradictedBy(0), cpu.text());
      assertFalse(cpu.isContradictedBy(cpu.code()), cpu.text());
      assertTrue(cpu.isContradictedBy(0xC0), cpu.text());
    }
    assertTrue(Cpu.XGK.isContradictedBy(Cpu.XGI.code()));
    assertEquals("not told", Cpu.nameOf(0));
    assertEquals("0xC0", Cpu.nameOf(0xC0));
  }
}
