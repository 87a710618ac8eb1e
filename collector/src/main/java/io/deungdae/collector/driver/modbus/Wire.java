package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.MaskWriteRegisterRequest;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadCoilsRequest;
import com.ghgande.j2mod.modbus.msg.ReadCoilsResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputDiscretesResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.msg.WriteCoilRequest;
import com.ghgande.j2mod.modbus.msg.WriteMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.WriteSingleRegisterRequest;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.util.BitVector;
import java.util.Arrays;
import java.util.Optional;

/** Requests and answers as numbers: cells of a table, 0 or 1 for a bit, 0 to 65535 otherwise. */
final class Wire {

  private Wire() {}

  /** Asks for cells of a table. */
  static ModbusRequest read(Table table, int start, int count) {
    return switch (table) {
      case COILS -> new ReadCoilsRequest(start, count);
      case DISCRETE_INPUTS -> new ReadInputDiscretesRequest(start, count);
      case HOLDING_REGISTERS -> new ReadMultipleRegistersRequest(start, count);
      case INPUT_REGISTERS -> new ReadInputRegistersRequest(start, count);
    };
  }

  /** The cells of an answer; empty when there are fewer than {@code count}. */
  static Optional<int[]> cells(ModbusResponse response, int count) {
    if (response instanceof ReadMultipleRegistersResponse registers) {
      return words(registers.getRegisters(), count);
    }
    if (response instanceof ReadInputRegistersResponse registers) {
      return words(registers.getRegisters(), count);
    }
    if (response instanceof ReadCoilsResponse coils) {
      return bits(coils.getCoils(), count);
    }
    if (response instanceof ReadInputDiscretesResponse inputs) {
      return bits(inputs.getDiscretes(), count);
    }
    return Optional.empty();
  }

  private static Optional<int[]> words(InputRegister[] registers, int count) {
    return registers.length != count
        ? Optional.empty()
        : Optional.of(Arrays.stream(registers).mapToInt(InputRegister::toUnsignedShort).toArray());
  }

  private static Optional<int[]> bits(BitVector bits, int count) {
    if (bits.byteSize() != (count + 7) / 8) {
      return Optional.empty();
    }
    int[] cells = new int[count];
    for (int i = 0; i < count; i++) {
      cells[i] = bits.getBit(i) ? 1 : 0;
    }
    return Optional.of(cells);
  }

  /** Function 5. */
  static ModbusRequest writeCoil(int start, boolean on) {
    return new WriteCoilRequest(start, on);
  }

  /** Function 6. */
  static ModbusRequest writeRegister(int start, int word) {
    return new WriteSingleRegisterRequest(start, new SimpleRegister(word));
  }

  /** Function 16. */
  static ModbusRequest writeRegisters(int start, int[] words) {
    Register[] registers =
        Arrays.stream(words).mapToObj(SimpleRegister::new).toArray(Register[]::new);
    return new WriteMultipleRegistersRequest(start, registers);
  }

  /** Function 22: sets or clears the bits of a mask. */
  static ModbusRequest maskWrite(int start, int mask, boolean on) {
    return new MaskWriteRegisterRequest(start, ~mask & 0xFFFF, on ? mask : 0);
  }
}
