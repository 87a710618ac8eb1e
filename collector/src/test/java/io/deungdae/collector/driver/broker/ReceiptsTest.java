package io.deungdae.collector.driver.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Receipts receipts = new Receipts(sent);

  private void write(String hex) throws IOException {
    receipts.write(HexFormat.of().parseHex(hex));
  }

  private String sent() {
    return HexFormat.of().formatHex(sent.toByteArray());
  }

  private static Broker.Message message(int id, int qos) {
    return new Broker.Message(new byte[0], id, qos, false, false);
  }

  @Test
  void theLibrarysReceiptsForQos2AreHeldBackAndOursGoOut() throws IOException {
    write("c000" + "50020102" + "40020103");
    assertEquals("c00040020103", sent());
    receipts.acknowledge(List.of(message(0x0102, 2), message(0x0104, 1)));
    assertEquals("c00040020103" + "50020102" + "40020104", sent());
  }

  @Test
  void receiptsWaitForTheEndOfAPacketThatIsUnderWay() throws IOException {
    write("3005");
    write("0001");
    receipts.acknowledge(List.of(message(5, 1)));
    assertEquals("30050001", sent());
    write("616263" + "c000");
    assertEquals("30050001616263c000" + "40020005", sent());
  }

  @Test
  void lengthsOfSeveralBytesAreUnderstoodHoweverTheyAreCut() throws IOException {
    write("3081");
    write("01");
    receipts.acknowledge(List.of(message(5, 1)));
    write("00".repeat(128));
    receipts.acknowledge(List.of(message(6, 1)));
    write("00");
    assertEquals("308101" + "00".repeat(129) + "40020005" + "40020006", sent());
  }
}
