package io.deungdae.simulators.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.ModbusSlaveException;
import com.ghgande.j2mod.modbus.facade.ModbusTCPMaster;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.trouble.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModbusPlantServerIT {

  private static final Path MBPOLL = Path.of("/usr/bin/mbpoll");

  private final SharedPlant<QuenchFurnace> plant =
      new SharedPlant<>(new QuenchFurnace(FurnaceSettings.still()));
  private ModbusPlantServer server;
  private ModbusTCPMaster client;

  @BeforeEach
  void connect() throws Exception {
    server = new ModbusPlantServer(plant, 0);
    client = new ModbusTCPMaster("127.0.0.1", server.port(), 700, false);
    client.setRetries(0);
    client.connect();
  }

  @AfterEach
  void hangUp() throws IOException {
    client.disconnect();
    server.close();
    server.close();
  }

  @Test
  void j2modReadsAndWritesASetpoint() throws ModbusException {
    plant.remote(true);
    int bits = Float.floatToIntBits(871.5f);
    client.writeMultipleRegisters(
        1,
        102,
        new Register[] {new SimpleRegister(bits & 0xFFFF), new SimpleRegister(bits >>> 16)});
    Register[] back = client.readMultipleRegisters(1, 102, 2);
    assertEquals(871.5f, value(back));
    assertTrue(client.readInputDiscretes(1, 0, 4).getBit(0), "remote");
  }

  private static float value(Register[] words) {
    return Float.intBitsToFloat(words[1].toUnsignedShort() << 16 | words[0].toUnsignedShort());
  }

  @Test
  void j2modSeesWhyAWriteWasRefused() {
    ModbusSlaveException refusal =
        assertThrows(
            ModbusSlaveException.class,
            () ->
                client.writeMultipleRegisters(
                    1, 102, new Register[] {new SimpleRegister(0), new SimpleRegister(0x445A)}));
    assertEquals(Refusal.DEVICE_FAILURE, refusal.getType());
  }

  @Test
  void troubleIsMadeAndEnds() throws Exception {
    server.troubles().only(Trouble.EXCEPTION);
    ModbusSlaveException busy =
        assertThrows(ModbusSlaveException.class, () -> client.readMultipleRegisters(1, 100, 2));
    assertEquals(Refusal.BUSY, busy.getType());
    server.troubles().only(Trouble.SILENT);
    assertThrows(ModbusIOException.class, () -> client.readMultipleRegisters(1, 100, 2));
    server.troubles().stopAll();
    client.disconnect();
    client.connect();
    assertEquals(2, client.readMultipleRegisters(1, 100, 2).length);
  }

  @Test
  void mbpollReadsEveryNumberAndWritesTheHeartbeat() throws Exception {
    assumeTrue(Files.isExecutable(MBPOLL), "mbpoll is not installed");
    String all = mbpoll("-r", "100", "-c", "27", "-t", "4:float", "-1");
    assertTrue(all.contains("[102]: \t860"), all);
    assertTrue(all.contains("[136]: \t332"), all);
    mbpoll("-r", "306", "-t", "4", "--", "4711");
    assertTrue(mbpoll("-r", "306", "-t", "4", "-1").contains("4711"));
    String refused = mbpoll("-r", "102", "-t", "4:float", "--", "870");
    assertTrue(refused.contains("Slave device or server failure"), refused);
  }

  private String mbpoll(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(MBPOLL.toString(), "-m", "tcp", "-0"));
    command.addAll(List.of("-p", Integer.toString(server.port())));
    int values = List.of(options).indexOf("--");
    int end = values < 0 ? options.length : values;
    command.addAll(List.of(options).subList(0, end));
    command.add("127.0.0.1");
    if (values >= 0) {
      command.addAll(List.of(options).subList(values + 1, options.length));
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "mbpoll did not end");
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }
}
