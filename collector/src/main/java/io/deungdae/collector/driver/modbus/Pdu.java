package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;

/** Messages as bytes: function code and data, the same in every kind of frame. */
final class Pdu {

  private static final int EXCEPTION = 0x80;

  private Pdu() {}

  /** The bytes of a request. */
  static byte[] of(ModbusRequest request) {
    byte[] data = request.getMessage();
    byte[] pdu = new byte[1 + data.length];
    pdu[0] = (byte) request.getFunctionCode();
    System.arraycopy(data, 0, pdu, 1, data.length);
    return pdu;
  }

  /** The answer to a request for the function, or empty when the bytes are none. */
  static Optional<ModbusResponse> answer(byte[] pdu, int asked) {
    int function = pdu[0] & 0xFF;
    if (function == (asked | EXCEPTION) && pdu.length >= 2) {
      return Optional.of(new ExceptionResponse(asked, pdu[1] & 0xFF));
    }
    if (function != asked) {
      return Optional.empty();
    }
    ModbusResponse response = ModbusResponse.createModbusResponse(function);
    try {
      response.readData(new DataInputStream(new ByteArrayInputStream(pdu, 1, pdu.length - 1)));
      return Optional.of(response);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // too short for what it says
    }
  }
}
