package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.driver.opcua.OpcUaSettings.Mode;
import io.deungdae.collector.driver.opcua.OpcUaSettings.Security;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.ApplicationType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.Test;

class EndpointChoiceTest {

  private static final List<EndpointDescription> ALL =
      List.of(
          endpoint(SecurityPolicy.None, MessageSecurityMode.None),
          endpoint(SecurityPolicy.Basic256, MessageSecurityMode.SignAndEncrypt),
          endpoint(SecurityPolicy.Aes256_Sha256_RsaPss, MessageSecurityMode.Sign),
          endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt),
          endpoint(SecurityPolicy.Aes128_Sha256_RsaOaep, MessageSecurityMode.SignAndEncrypt));

  private static EndpointDescription endpoint(SecurityPolicy policy, MessageSecurityMode mode) {
    return endpoint(policy, mode, TransportProfile.TCP_UASC_UABINARY);
  }

  private static EndpointDescription endpoint(
      SecurityPolicy policy, MessageSecurityMode mode, TransportProfile profile) {
    return new EndpointDescription(
        "opc.tcp://plc:4840",
        new ApplicationDescription(
            "urn:plc",
            "urn:plc",
            LocalizedText.NULL_VALUE,
            ApplicationType.Server,
            null,
            null,
            new String[0]),
        ByteString.NULL_VALUE,
        mode,
        policy.getUri(),
        new UserTokenPolicy[0],
        profile.getUri(),
        ubyte(0));
  }

  private static String choose(List<EndpointDescription> offered, Security security, Mode mode) {
    return EndpointChoice.choose(offered, security, mode)
        .map(chosen -> EndpointChoice.show(List.of(chosen)))
        .orElse("none fits");
  }

  @Test
  void theStrongestIsChosenAndNeverOneWithoutSecurity() {
    assertEquals("Basic256Sha256/SignAndEncrypt", choose(ALL, Security.BEST, Mode.BEST));
    assertEquals("Aes256_Sha256_RsaPss/Sign", choose(ALL, Security.BEST, Mode.SIGN));
    assertEquals("none fits", choose(ALL.subList(0, 2), Security.BEST, Mode.BEST));
  }

  @Test
  void theSameOverHttpsOrWebSocketsIsNotForUs() {
    List<EndpointDescription> offered =
        List.of(
            endpoint(
                SecurityPolicy.Aes256_Sha256_RsaPss,
                MessageSecurityMode.SignAndEncrypt,
                TransportProfile.HTTPS_UABINARY),
            endpoint(
                SecurityPolicy.Aes256_Sha256_RsaPss,
                MessageSecurityMode.SignAndEncrypt,
                TransportProfile.WSS_UASC_UABINARY),
            endpoint(SecurityPolicy.Basic256Sha256, MessageSecurityMode.Sign));
    assertEquals("Basic256Sha256/Sign", choose(offered, Security.BEST, Mode.BEST));
    assertEquals("none fits", choose(offered.subList(0, 2), Security.BEST, Mode.BEST));
  }

  @Test
  void whatIsAskedForByNameIsTakenOrNothing() {
    assertEquals("None/None", choose(ALL, Security.NONE, Mode.SIGN_AND_ENCRYPT));
    assertEquals("none fits", choose(ALL.subList(1, 5), Security.NONE, Mode.BEST));
    assertEquals("none fits", choose(ALL, Security.AES256_SHA256_RSAPSS, Mode.SIGN_AND_ENCRYPT));
  }
}
