package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.signal.Quality;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** What a status code means for a value. */
final class StatusQuality {

  private static final long WITHOUT_INFO_BITS = 0xFFFF0000L; // OPC UA Part 4 §7.39

  private static final Set<Long> STALE =
      Set.of(
          StatusCodes.Uncertain_LastUsableValue,
          StatusCodes.Uncertain_NoCommunicationLastUsableValue);

  private static final Set<Long> NO_LINK =
      Set.of(StatusCodes.Bad_NotConnected, StatusCodes.Bad_NoCommunication);

  private static final Set<Long> REJECTED =
      Set.of(
          StatusCodes.Bad_NodeIdInvalid,
          StatusCodes.Bad_NodeIdUnknown,
          StatusCodes.Bad_AttributeIdInvalid,
          StatusCodes.Bad_IndexRangeInvalid,
          StatusCodes.Bad_IndexRangeNoData,
          StatusCodes.Bad_DataEncodingInvalid,
          StatusCodes.Bad_DataEncodingUnsupported,
          StatusCodes.Bad_NotReadable,
          StatusCodes.Bad_NotSupported,
          StatusCodes.Bad_NotImplemented,
          StatusCodes.Bad_UserAccessDenied,
          StatusCodes.Bad_SecurityModeInsufficient,
          StatusCodes.Bad_TooManyMonitoredItems,
          StatusCodes.Bad_MonitoredItemFilterUnsupported,
          StatusCodes.Bad_MonitoredItemFilterInvalid,
          StatusCodes.Bad_FilterNotAllowed,
          StatusCodes.Bad_DeadbandFilterInvalid);

  private StatusQuality() {}

  /** The quality that stands for the code. */
  static Quality of(StatusCode status) {
    if (status.isGood()) {
      return Quality.GOOD;
    }
    long code = status.value() & WITHOUT_INFO_BITS;
    if (status.isUncertain()) {
      return STALE.contains(code) ? Quality.UNCERTAIN_STALE : Quality.UNCERTAIN_DEVICE;
    }
    if (NO_LINK.contains(code)) {
      return Quality.BAD_NO_LINK;
    }
    if (code == StatusCodes.Bad_Timeout) {
      return Quality.BAD_TIMEOUT;
    }
    return REJECTED.contains(code) ? Quality.BAD_REJECTED : Quality.BAD_DEVICE;
  }

  /** The code's name, for people: {@code Bad_NodeIdUnknown}. */
  static String name(StatusCode status) {
    return StatusCodes.lookup(status.value())
        .map(names -> names[0])
        .orElse("0x" + Long.toHexString(status.value()));
  }
}
