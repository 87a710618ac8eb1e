package io.deungdae.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.deungdae.analytics.Effect.Fate;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.decision.DecisionRecord;
import io.deungdae.control.decision.DecisionStore;
import io.deungdae.control.decision.Stage;
import io.deungdae.control.guard.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With records as the loop really makes them. */
class DecisionStoreTest {

  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  @TempDir Path folder;

  @Test
  void recordComesBackAsItWas() throws IOException {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.anomaly();
    rig.run(Duration.ofSeconds(1));
    rig.propose(860, 850);
    rig.untilClosed();
    DecisionRecord record = rig.newest();
    try (DecisionStore store = DecisionStore.open(folder.resolve("d.db"), NOW)) {
      store.put(record);
      assertEquals(1, store.drain());
      assertEquals(record, store.find(record.id()));
      assertEquals(List.of(record), store.newest(10));
      assertEquals(List.of(), store.before(record.openedAt(), 10));
    }
  }

  @Test
  void decisionCutShortByAnEndOfTheGatewayIsClosedAtTheNextStart() throws IOException {
    Rig rig = new Rig(Mode.AUTONOMOUS).takenOver();
    rig.propose(880, 850);
    rig.run(Duration.ofSeconds(10));
    assertEquals(Stage.MOVING, rig.newest().stage());
    Path file = folder.resolve("d.db");
    try (DecisionStore store = DecisionStore.open(file, NOW)) {
      rig.book.all().forEach(store::put);
    }
    try (DecisionStore store = DecisionStore.open(file, NOW)) {
      DecisionBook book = new DecisionBook(10, List.of());
      book.restore(store.newest(10));
      DecisionRecord found = store.find(rig.newest().id());
      assertNotNull(found);
      assertEquals(Fate.ABANDONED, found.fate());
      assertEquals(NOW, found.closedAt());
      assertEquals(found, book.all().get(0));
    }
  }
}
