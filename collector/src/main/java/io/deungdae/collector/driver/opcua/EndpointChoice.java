package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.opcua.OpcUaSettings.Mode;
import io.deungdae.collector.driver.opcua.OpcUaSettings.Security;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/**
 * Which of the offered endpoints is used. An endpoint without security is used only when the
 * settings ask for it by name.
 */
final class EndpointChoice {

  /** Weakest first; policies broken since (Basic128Rsa15, Basic256) are not among them. */
  private static final List<SecurityPolicy> KNOWN =
      List.of(
          SecurityPolicy.None,
          SecurityPolicy.Aes128_Sha256_RsaOaep,
          SecurityPolicy.Basic256Sha256,
          SecurityPolicy.Aes256_Sha256_RsaPss);

  private static final Comparator<EndpointDescription> WEAKEST_FIRST =
      Comparator.comparing(EndpointDescription::getSecurityMode)
          .thenComparing(endpoint -> KNOWN.indexOf(policy(endpoint)));

  private EndpointChoice() {}

  /** The strongest endpoint that the settings allow; empty when there is none. */
  static Optional<EndpointDescription> choose(
      List<EndpointDescription> offered, Security security, Mode mode) {
    return offered.stream()
        .filter(EndpointChoice::isBinaryOverTcp)
        .filter(endpoint -> KNOWN.contains(policy(endpoint)))
        .filter(endpoint -> allows(security, policy(endpoint)))
        .filter(endpoint -> allows(mode, security, endpoint.getSecurityMode()))
        .max(WEAKEST_FIRST);
  }

  /** True when {@code one} protects better than {@code other}. */
  static boolean isStronger(EndpointDescription one, EndpointDescription other) {
    return WEAKEST_FIRST.compare(one, other) > 0;
  }

  /** Servers may offer the same over HTTPS and WebSockets, which we do not speak. */
  private static boolean isBinaryOverTcp(EndpointDescription endpoint) {
    String profile = endpoint.getTransportProfileUri();
    return (profile == null || profile.isEmpty())
        ? String.valueOf(endpoint.getEndpointUrl()).startsWith("opc.tcp:")
        : profile.equals(TransportProfile.TCP_UASC_UABINARY.getUri());
  }

  private static boolean allows(Security security, SecurityPolicy policy) {
    return switch (security) {
      case BEST -> policy != SecurityPolicy.None;
      case NONE -> policy == SecurityPolicy.None;
      case BASIC256SHA256 -> policy == SecurityPolicy.Basic256Sha256;
      case AES128_SHA256_RSAOAEP -> policy == SecurityPolicy.Aes128_Sha256_RsaOaep;
      case AES256_SHA256_RSAPSS -> policy == SecurityPolicy.Aes256_Sha256_RsaPss;
    };
  }

  private static boolean allows(Mode mode, Security security, MessageSecurityMode offered) {
    if (security == Security.NONE) {
      return offered == MessageSecurityMode.None;
    }
    return switch (mode) {
      case BEST ->
          offered == MessageSecurityMode.Sign || offered == MessageSecurityMode.SignAndEncrypt;
      case SIGN -> offered == MessageSecurityMode.Sign;
      case SIGN_AND_ENCRYPT -> offered == MessageSecurityMode.SignAndEncrypt;
    };
  }

  private static SecurityPolicy policy(EndpointDescription endpoint) {
    return SecurityPolicy.fromUriSafe(endpoint.getSecurityPolicyUri())
        .orElse(SecurityPolicy.Basic128Rsa15);
  }

  /** What was offered, for people: {@code Basic256Sha256/Sign, None/None}. */
  static String show(List<EndpointDescription> offered) {
    return offered.stream()
        .map(
            endpoint ->
                endpoint.getSecurityPolicyUri().replaceFirst(".*#", "")
                    + "/"
                    + endpoint.getSecurityMode())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
