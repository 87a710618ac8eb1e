package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/** What a failure of the library means for the link. */
final class Failures {

  private static final Set<Long> TIMEOUT =
      Set.of(StatusCodes.Bad_Timeout, StatusCodes.Bad_RequestTimeout);

  private static final Set<Long> PROTOCOL =
      Set.of(
          StatusCodes.Bad_DecodingError,
          StatusCodes.Bad_EncodingError,
          StatusCodes.Bad_UnknownResponse,
          StatusCodes.Bad_TcpMessageTypeInvalid);

  private static final Set<Long> REJECTED =
      Set.of(
          StatusCodes.Bad_SecurityChecksFailed,
          StatusCodes.Bad_SecurityModeRejected,
          StatusCodes.Bad_SecurityPolicyRejected,
          StatusCodes.Bad_CertificateInvalid,
          StatusCodes.Bad_CertificateTimeInvalid,
          StatusCodes.Bad_CertificateUntrusted,
          StatusCodes.Bad_CertificateRevoked,
          StatusCodes.Bad_CertificateChainIncomplete,
          StatusCodes.Bad_CertificateUriInvalid,
          StatusCodes.Bad_IdentityTokenInvalid,
          StatusCodes.Bad_IdentityTokenRejected,
          StatusCodes.Bad_UserAccessDenied,
          StatusCodes.Bad_UserSignatureInvalid,
          StatusCodes.Bad_TcpEndpointUrlInvalid,
          StatusCodes.Bad_ServiceUnsupported,
          StatusCodes.Bad_TooManySessions);

  private Failures() {}

  /** Of whatever the library threw while doing {@code what}. */
  static DeviceException of(OpcUaSpec spec, String what, Throwable failure) {
    StatusCode status =
        UaException.extractStatusCode(failure)
            .orElse(
                failure instanceof IOException
                    ? new StatusCode(StatusCodes.Bad_ConnectionClosed)
                    : StatusCode.BAD);
    return new DeviceException(
        kind(status.value() & 0xFFFF0000L),
        spec.device(),
        what + ": " + StatusQuality.name(status) + detail(failure),
        failure);
  }

  /** The link is gone. */
  static DeviceException lost(OpcUaSpec spec, String why, @Nullable Throwable cause) {
    return cause == null
        ? new DeviceException(Kind.CONNECT, spec.device(), why)
        : new DeviceException(Kind.CONNECT, spec.device(), why, cause);
  }

  private static Kind kind(long code) {
    if (TIMEOUT.contains(code)) {
      return Kind.TIMEOUT;
    }
    if (PROTOCOL.contains(code)) {
      return Kind.PROTOCOL;
    }
    return REJECTED.contains(code) ? Kind.REJECTED : Kind.CONNECT;
  }

  private static String detail(Throwable failure) {
    Throwable deepest = failure;
    StringBuilder text = new StringBuilder();
    while (deepest != null && text.length() < 400) {
      String message = deepest.getMessage();
      if (message != null && text.indexOf(message) < 0) {
        text.append("; ").append(message);
      }
      deepest = deepest.getCause();
    }
    return text.toString();
  }
}
