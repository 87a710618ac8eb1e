package io.deungdae.kamp.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageLedgerTest {

  private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    file = folder.resolve("ledger.jsonl");
    UsageLedger ledger = new UsageLedger(file);
    for (int hour = 0; hour < 3; hour++) {
      ledger.append(receipt(hour));
    }
  }

  @Test
  void goesOnWhereItWas() throws IOException {
    UsageLedger again = new UsageLedger(file);
    assertEquals(3, again.lines());
    assertEquals(START.plusSeconds(3 * 3600), again.enteredTo("imm").orElseThrow());
    again.append(receipt(3));
    assertEquals(4, new UsageLedger(file).lines());
  }

  @Test
  void aWindowIsEnteredOnce() throws IOException {
    UsageLedger ledger = new UsageLedger(file);
    ledger.append(receipt(2));
    assertEquals(3, ledger.lines());
  }

  @Test
  void halfALineOfAPowerCutIsRemoved() throws IOException {
    Files.writeString(file, "{\"n\":4,\"time\":\"20", StandardOpenOption.APPEND);
    UsageLedger ledger = new UsageLedger(file);
    assertEquals(3, ledger.lines());
    ledger.append(receipt(3));
    assertEquals(4, new UsageLedger(file).lines());
  }

  @Test
  void aChangedLineBreaksTheChainAndIsNamed() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(
        file,
        List.of(lines.get(0), lines.get(1).replace("\"rows\":100", "\"rows\":1"), lines.get(2)));
    IOException broken = assertThrows(IOException.class, () -> new UsageLedger(file));
    assertTrue(broken.toString().contains(":2:"), broken.toString());
  }

  @Test
  void aRemovedLineBreaksTheChain() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0), lines.get(2)));
    assertThrows(IOException.class, () -> new UsageLedger(file));
  }

  @Test
  void aLineThatIsNoJsonBreaksTheChain() throws IOException {
    Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);
    assertThrows(IOException.class, () -> new UsageLedger(file));
  }

  private static Receipt receipt(int hour) {
    Instant from = START.plusSeconds(3600L * hour);
    Instant to = from.plusSeconds(3600);
    return new Receipt(
        to, "imm", from, to, 100, 5000, "bucket/imm", "ab12", "등대", "C-1", "콘텐츠 변경허용");
  }
}
