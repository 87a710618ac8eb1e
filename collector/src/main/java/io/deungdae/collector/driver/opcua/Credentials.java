package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.opcua.OpcUaSettings.CertificateUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/**
 * Who the user is: name and password, sent in the clear only when the settings say so, or a
 * certificate.
 */
final class Credentials {

  private Credentials() {}

  /** As the settings say. */
  static IdentityProvider of(
      OpcUaSpec spec, EndpointDescription endpoint, CertificateValidator validator)
      throws DeviceException, IOException, GeneralSecurityException {
    OpcUaSettings settings = spec.settings();
    CertificateUser user = settings.certificateUser();
    if (user != null) {
      return certificate(spec, endpoint, user);
    }
    return settings.user().isEmpty()
        ? AnonymousProvider.INSTANCE
        : password(spec, endpoint, validator);
  }

  /** For people: {@code anonymous}, {@code password} or {@code certificate}. */
  static String kind(OpcUaSpec spec) {
    if (spec.settings().certificateUser() != null) {
      return "certificate";
    }
    return spec.settings().user().isEmpty() ? "anonymous" : "password";
  }

  private static IdentityProvider certificate(
      OpcUaSpec spec, EndpointDescription endpoint, CertificateUser user)
      throws DeviceException, IOException, GeneralSecurityException {
    if (offered(endpoint, UserTokenType.Certificate).isEmpty()) {
      throw new DeviceException(
          Kind.REJECTED,
          spec.device(),
          "the server takes no user certificate at this endpoint; remove userCertificate, or choose"
              + " another endpoint by security and mode");
    }
    X509Certificate certificate = Pki.readCertificate(user.certificate());
    return new X509IdentityProvider(certificate, Pki.readKey(user.key(), certificate));
  }

  private static IdentityProvider password(
      OpcUaSpec spec, EndpointDescription endpoint, CertificateValidator validator)
      throws DeviceException, IOException {
    OpcUaSettings settings = spec.settings();
    UserTokenPolicy policy = choose(spec, endpoint);
    if (inClear(policy, endpoint) && !settings.passwordInClear()) {
      throw new DeviceException(
          Kind.REJECTED,
          spec.device(),
          "the server takes the password in the clear only; use an endpoint that encrypts, or set"
              + " passwordInClear: true");
    }
    byte[] password = settings.password().reveal().getBytes(StandardCharsets.UTF_8);
    return new UsernameProvider(settings.user(), password::clone, validator, offered -> policy);
  }

  private static UserTokenPolicy choose(OpcUaSpec spec, EndpointDescription endpoint)
      throws DeviceException {
    List<UserTokenPolicy> named = offered(endpoint, UserTokenType.UserName);
    return named.stream()
        .filter(policy -> !inClear(policy, endpoint))
        .findFirst()
        .or(() -> named.stream().findFirst())
        .orElseThrow(
            () ->
                new DeviceException(
                    Kind.REJECTED,
                    spec.device(),
                    "the server takes no user name at this endpoint; remove user, or choose another"
                        + " endpoint by security and mode"));
  }

  private static List<UserTokenPolicy> offered(EndpointDescription endpoint, UserTokenType type) {
    UserTokenPolicy[] offered = endpoint.getUserIdentityTokens();
    return Arrays.stream(offered == null ? new UserTokenPolicy[0] : offered)
        .filter(policy -> policy.getTokenType() == type)
        .toList();
  }

  private static boolean inClear(UserTokenPolicy policy, EndpointDescription endpoint) {
    String own = policy.getSecurityPolicyUri();
    String effective = own == null || own.isEmpty() ? endpoint.getSecurityPolicyUri() : own;
    return SecurityPolicy.None.getUri().equals(effective)
        && endpoint.getSecurityMode() != MessageSecurityMode.SignAndEncrypt;
  }
}
