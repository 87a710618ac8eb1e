package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.signal.Quality;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.junit.jupiter.api.Test;

class StatusQualityTest {

  private static Quality of(long code) {
    return StatusQuality.of(new StatusCode(code));
  }

  @Test
  void severityIsKeptAndTheReasonWhereWeHaveAWordForIt() {
    assertEquals(Quality.GOOD, of(StatusCodes.Good));
    assertEquals(Quality.GOOD, of(StatusCodes.Good_Clamped));
    assertEquals(Quality.UNCERTAIN_DEVICE, of(StatusCodes.Uncertain_SensorNotAccurate));
    assertEquals(Quality.UNCERTAIN_STALE, of(StatusCodes.Uncertain_LastUsableValue));
    assertEquals(Quality.BAD_REJECTED, of(StatusCodes.Bad_NodeIdUnknown));
    assertEquals(Quality.BAD_NO_LINK, of(StatusCodes.Bad_NoCommunication));
    assertEquals(Quality.BAD_TIMEOUT, of(StatusCodes.Bad_Timeout));
    assertEquals(Quality.BAD_DEVICE, of(StatusCodes.Bad_SensorFailure));
  }

  @Test
  void infoBitsDoNotHideTheReason() {
    assertEquals(Quality.BAD_REJECTED, of(StatusCodes.Bad_NodeIdUnknown | 0x0480)); // overflow bit
    assertEquals("Bad_NodeIdUnknown", StatusQuality.name(new StatusCode(0x80340480L)));
  }
}
