package io.deungdae.bench.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.PlcDriverManager;
import org.apache.plc4x.java.api.messages.PlcReadRequest;
import org.apache.plc4x.java.api.messages.PlcReadResponse;
import org.apache.plc4x.java.api.types.PlcResponseCode;

/**
 * Apache PLC4X reading blocks of 125 registers as fast as they come: {@code Plc4xModbus PORT
 * SECONDS TAGS}, where TAGS blocks are asked for in one request of its interface. Prints one line.
 */
public final class Plc4xModbus {

  private static final int BLOCKS = 80;
  private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(5);

  private Plc4xModbus() {}

  /** Runs it. */
  @SuppressWarnings("try") // an interrupted close is the end of the run
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int seconds = Integer.parseInt(args[1]);
    int together = Integer.parseInt(args[2]);
    try (PlcConnection connection =
        PlcDriverManager.getDefault()
            .getConnectionManager()
            .getConnection("modbus-tcp://127.0.0.1:" + port + "?unit-identifier=1")) {
      PlcReadRequest[] requests = requests(connection, together);
      read(requests, WARM_UP_NS);
      long cpuNs = cpuNs();
      long startNs = System.nanoTime();
      long count = read(requests, TimeUnit.SECONDS.toNanos(seconds)) * together;
      double spanNs = System.nanoTime() - startNs;
      System.out.printf(
          "PLC4X blocks a request=%d: %.0f blocks/s, cpu %.1f us a block%n",
          together, count / spanNs * 1e9, (cpuNs() - cpuNs) / 1e3 / count);
    }
    System.exit(0);
  }

  private static PlcReadRequest[] requests(PlcConnection connection, int together) {
    PlcReadRequest[] requests = new PlcReadRequest[BLOCKS / together];
    for (int i = 0; i < requests.length; i++) {
      PlcReadRequest.Builder builder = connection.readRequestBuilder();
      for (int j = 0; j < together; j++) {
        int address = 200 * (i * together + j) + 1; // its addresses begin with 1
        builder.addTagAddress("b" + j, "holding-register:" + address + ":UINT[125]");
      }
      requests[i] = builder.build();
    }
    return requests;
  }

  private static long read(PlcReadRequest[] requests, long spanNs) throws Exception {
    long endNs = System.nanoTime() + spanNs;
    long count = 0;
    while (System.nanoTime() < endNs) {
      for (PlcReadRequest request : requests) {
        PlcReadResponse response = request.execute().get(5, TimeUnit.SECONDS);
        for (String name : response.getTagNames()) {
          if (response.getResponseCode(name) != PlcResponseCode.OK) {
            throw new IllegalStateException("not read: " + response.getResponseCode(name));
          }
        }
        count++;
      }
    }
    return count;
  }

  private static long cpuNs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
