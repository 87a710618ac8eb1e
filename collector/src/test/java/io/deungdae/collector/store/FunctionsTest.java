package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.questdb.cairo.CairoEngine;
import io.questdb.griffin.FunctionFactory;
import io.questdb.griffin.FunctionFactoryCacheBuilder;
import io.questdb.log.LogFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FunctionsTest {

  @Test
  void areTheDatabasesOwnInItsOrderButForLocksAndArrays() {
    QuestSettings.silence();
    List<String> own = new ArrayList<>();
    for (FunctionFactory factory :
        new FunctionFactoryCacheBuilder().scan(LogFactory.getLog(CairoEngine.class)).build()) {
      own.add(factory.getClass().getName());
    }
    List<String> made = Functions.all().stream().map(one -> one.getClass().getName()).toList();

    List<String> missing = new ArrayList<>(own);
    missing.removeAll(made);
    assertEquals(
        List.of(),
        missing.stream()
            .filter(name -> !name.contains("Advisory") && !name.endsWith("Array"))
            .toList());
    own.removeAll(missing);
    assertEquals(own, made);
  }
}
