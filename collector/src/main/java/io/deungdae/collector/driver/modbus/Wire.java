package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.MaskWriteRegisterRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteCoilRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleCoilsRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.util.BitVector;
import java.util.Arrays;

/** Requests, as the bytes of j2mod's messages. */
final class Wire {

  private Wire() {}

  /** Asks for cells of a table: functions 1 to 4. */
  static byte[] read(Table table, int start, int count) {
    return Pdu.of(
        switch (table) {
          case COILS -> new ReadCoilsRequest(start, count);
          case DISCRETE_INPUTS -> new ReadInputDiscretesRequest(start, count);
          case HOLDING_REGISTERS -> new ReadMultipleRegistersRequest(start, count);
          case INPUT_REGISTERS -> new ReadInputRegistersRequest(start, count);
        });
  }

  /** Function 5. */
  static byte[] writeCoil(int start, boolean on) {
    return Pdu.of(new WriteCoilRequest(start, on));
  }

  /** Function 15, with one coil. */
  static byte[] writeCoils(int start, boolean on) {
    BitVector one = new BitVector(1);
    one.setBit(0, on);
    return Pdu.of(new WriteMultipleCoilsRequest(start, one));
  }

  /** Function 6. */
  static byte[] writeRegister(int start, int word) {
    return Pdu.of(new WriteSingleRegisterRequest(start, new SimpleRegister(word)));
  }

  /** Function 16. */
  static byte[] writeRegisters(int start, int[] words) {
    Register[] registers =
        Arrays.stream(words).mapToObj(SimpleRegister::new).toArray(Register[]::new);
    return Pdu.of(new WriteMultipleRegistersRequest(start, registers));
  }

  /** Function 22: sets or clears the bits of a mask. */
  static byte[] maskWrite(int start, int mask, boolean on) {
    return Pdu.of(new MaskWriteRegisterRequest(start, ~mask & 0xFFFF, on ? mask : 0));
  }
}
