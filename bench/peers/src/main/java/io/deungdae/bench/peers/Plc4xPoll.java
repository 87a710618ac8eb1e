package io.deungdae.bench.peers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.PlcDriverManager;
import org.apache.plc4x.java.api.messages.PlcReadRequest;
import org.apache.plc4x.java.api.messages.PlcReadResponse;
import org.apache.plc4x.java.api.types.PlcResponseCode;

/**
 * Apache PLC4X reading float32 tags once a second over one connection, in blocks of 62 (124
 * registers), and doing nothing with them: {@code Plc4xPoll PORT TAGS}. Prints each second how many
 * values it has had, until it is ended.
 */
public final class Plc4xPoll {

  private static final int TAGS_OF_BLOCK = 62;
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private Plc4xPoll() {}

  /** Runs it. */
  @SuppressWarnings("try") // an interrupted close is the end of the run
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int tags = Integer.parseInt(args[1]);
    try (PlcConnection connection =
        PlcDriverManager.getDefault()
            .getConnectionManager()
            .getConnection("modbus-tcp://127.0.0.1:" + port + "?unit-identifier=1")) {
      PlcReadRequest request = request(connection, tags);
      long values = 0;
      for (long dueNs = System.nanoTime(); ; dueNs += SECOND_NS) {
        while (System.nanoTime() - dueNs < 0) {
          LockSupport.parkNanos(dueNs - System.nanoTime());
        }
        values += read(request);
        System.out.println(values);
      }
    }
  }

  private static PlcReadRequest request(PlcConnection connection, int tags) {
    PlcReadRequest.Builder builder = connection.readRequestBuilder();
    for (int from = 0; from < tags; from += TAGS_OF_BLOCK) {
      int count = Math.min(TAGS_OF_BLOCK, tags - from);
      int address = 2 * from + 1; // its addresses begin with 1
      builder.addTagAddress("b" + from, "holding-register:" + address + ":REAL[" + count + "]");
    }
    return builder.build();
  }

  private static long read(PlcReadRequest request) throws Exception {
    PlcReadResponse response = request.execute().get(30, TimeUnit.SECONDS);
    long values = 0;
    for (String name : response.getTagNames()) {
      if (response.getResponseCode(name) != PlcResponseCode.OK) {
        throw new IllegalStateException("not read: " + response.getResponseCode(name));
      }
      values += response.getNumberOfValues(name);
    }
    return values;
  }
}
