package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session with a server, from connecting to closing. It is never mended: once it is lost it
 * stays lost, and a new one is made. So there is one way in which everything is built, and it is
 * the one that is used every day.
 *
 * <p>Used by the device's thread, except {@link #lose}, which library threads call.
 */
final class Link {

  private static final Logger log = LoggerFactory.getLogger(Link.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final OpcUaSpec spec;
  private final Shown shown;
  private final OpcUaClient client;
  private final AtomicReference<DeviceException> lost = new AtomicReference<>();
  private final Runnable wake;
  private NodeId token = NodeId.NULL_VALUE;

  /**
   * What both sides show each other.
   *
   * @param endpoint the server's endpoint
   * @param identity who we are
   * @param validator judges the server's certificate
   */
  private record Shown(
      EndpointDescription endpoint, Pki.Identity identity, CertificateValidator validator) {}

  private Link(OpcUaSpec spec, Shown shown, OpcUaClient client, Runnable wake) {
    this.spec = spec;
    this.shown = shown;
    this.client = client;
    this.wake = wake;
  }

  /** Makes a session. */
  static Link open(OpcUaSpec spec, Instant now, Runnable wake) throws DeviceException {
    if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
      Security.addProvider(new BouncyCastleProvider()); // Aes256_Sha256_RsaPss is by its names
    }
    OpcUaSettings settings = spec.settings();
    String name = "deungdae " + spec.device();
    try {
      Pki pki = new Pki(settings.pki());
      Pki.Own own = pki.own(now, settings.certificate());
      CertificateValidator validator = pki.validator();
      EndpointDescription endpoint = choose(spec);
      checkCertificate(endpoint, validator);
      try {
        return chosen(spec, new Shown(endpoint, own.identity(), validator), name, wake);
      } catch (DeviceException e) {
        Pki.Identity previous = own.previous();
        if (previous == null || !perhapsUntrusted(endpoint, e)) {
          throw e;
        }
        Link link = chosen(spec, new Shown(endpoint, previous, validator), name, wake);
        tellToTrust(spec, previous);
        return link;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(spec, e);
    } catch (UaException e) {
      throw Failures.of(spec, "connecting", e);
    }
  }

  /** The first session, over an endpoint that was chosen among all. */
  private static Link chosen(OpcUaSpec spec, Shown shown, String name, Runnable wake)
      throws DeviceException, IOException, GeneralSecurityException {
    Link link = session(spec, shown, name, wake);
    boolean well = false;
    try {
      link.checkNothingWasHidden();
      link.learnNamespaces();
      well = true;
    } finally {
      if (!well) {
        link.close();
      }
    }
    log.info(
        "device={} security={} user={}",
        spec.device(),
        EndpointChoice.show(List.of(shown.endpoint())),
        Credentials.kind(spec));
    return link;
  }

  /** Servers say so in many ways, down to closing the connection. */
  private static boolean perhapsUntrusted(EndpointDescription endpoint, DeviceException e) {
    return endpoint.getSecurityMode() != MessageSecurityMode.None && e.kind() != Kind.TIMEOUT;
  }

  private static void tellToTrust(OpcUaSpec spec, Pki.Identity previous) {
    log.warn(
        "device={} the server takes our previous certificate only, which ends {}; let it trust"
            + " own/certificate.der in {} before",
        spec.device(),
        previous.certificate().getNotAfter().toInstant(),
        spec.settings().pki());
  }

  private static Link session(OpcUaSpec spec, Shown shown, String name, Runnable wake)
      throws DeviceException, IOException, GeneralSecurityException {
    try {
      OpcUaClient client =
          OpcUaClient.create(
              config(spec, shown, name), transport -> limit(transport, spec.settings()));
      Link link = new Link(spec, shown, client, wake);
      link.connect();
      return link;
    } catch (UaException e) {
      throw Failures.of(spec, "connecting", e);
    }
  }

  /** Makes one more session with the same server, on a connection of its own. */
  Link another(String purpose) throws DeviceException {
    try {
      return session(spec, shown, "deungdae " + spec.device() + " " + purpose, wake);
    } catch (IOException | GeneralSecurityException e) {
      throw unreadable(spec, e);
    }
  }

  private static DeviceException unreadable(OpcUaSpec spec, Exception e) {
    return new DeviceException(
        Kind.REJECTED,
        spec.device(),
        "certificates, keys or password cannot be read ("
            + e
            + "); look into "
            + spec.settings().pki(),
        e);
  }

  /** Before connecting, because the library reports it with a page of stack trace each time. */
  private static void checkCertificate(EndpointDescription endpoint, CertificateValidator validator)
      throws UaException {
    ByteString shown = endpoint.getServerCertificate();
    if (endpoint.getSecurityMode() != MessageSecurityMode.None && shown != null) {
      validator.validateCertificateChain(
          CertificateUtil.decodeCertificates(shown.bytesOrEmpty()), null, null);
    }
  }

  private static EndpointDescription choose(OpcUaSpec spec) throws DeviceException {
    OpcUaSettings settings = spec.settings();
    List<EndpointDescription> offered =
        await(
            spec,
            "asking for endpoints",
            DiscoveryClient.getEndpoints(settings.endpoint(), t -> limit(t, settings)));
    EndpointDescription chosen =
        EndpointChoice.choose(offered, settings.security(), settings.mode())
            .orElseThrow(
                () ->
                    new DeviceException(
                        Kind.REJECTED,
                        spec.device(),
                        "no offered endpoint fits security and mode of the settings; offered: "
                            + EndpointChoice.show(offered)
                            + "; switch one on in the server, or ask for what it has by name"
                            + " (security: none is without any protection)"));
    return EndpointUtil.updateUrl(chosen, settings.host(), settings.port());
  }

  private static void limit(OpcTcpClientTransportConfigBuilder builder, OpcUaSettings settings) {
    UInteger timeoutMs = uint(settings.timeout().toMillis());
    builder
        .setConnectTimeout(timeoutMs)
        .setAcknowledgeTimeout(timeoutMs)
        .setChannelPipelineCustomizer(pipeline -> pipeline.addLast(new EarlyEnd()));
  }

  private static OpcUaClientConfig config(OpcUaSpec spec, Shown shown, String name)
      throws DeviceException, IOException, GeneralSecurityException {
    OpcUaSettings settings = spec.settings();
    Pki.Identity identity = shown.identity();
    UInteger timeoutMs = uint(settings.timeout().toMillis());
    return OpcUaClientConfig.builder()
        .setEndpoint(shown.endpoint())
        .setApplicationName(LocalizedText.english("Deungdae"))
        .setApplicationUri(identity.uri())
        .setProductUri("urn:deungdae")
        .setSessionName(() -> name)
        .setSessionTimeout(uint(settings.sessionTimeout().toMillis()))
        .setRequestTimeout(timeoutMs)
        .setKeepAliveInterval(timeoutMs)
        .setKeepAliveTimeout(timeoutMs)
        .setKeepAliveFailuresAllowed(uint(0))
        .setKeyPair(identity.keys())
        .setCertificate(identity.certificate())
        .setCertificateChain(new X509Certificate[] {identity.certificate()})
        .setCertificateValidator(shown.validator())
        .setIdentityProvider(Credentials.of(spec, shown.endpoint(), shown.validator()))
        .build();
  }

  private void connect() throws DeviceException {
    try {
      await("opening a session", client.connectAsync());
      client.addSessionActivityListener(
          new SessionActivityListener() {
            @Override
            public void onSessionInactive(UaSession session) {
              lose(Failures.lost(spec, "the session ended", null));
            }
          });
      token = await("opening a session", client.getSessionAsync()).getAuthenticationToken();
    } catch (DeviceException e) {
      lost.compareAndSet(null, e);
      close();
      throw e;
    }
  }

  /**
   * Asks for the endpoints once more where each answer is signed. The first time anybody in between
   * could have left out the strong ones.
   */
  private void checkNothingWasHidden() throws DeviceException {
    EndpointDescription used = shown.endpoint();
    if (used.getSecurityMode() == MessageSecurityMode.None) {
      return;
    }
    OpcUaSettings settings = spec.settings();
    GetEndpointsRequest request =
        new GetEndpointsRequest(
            client.newRequestHeader(),
            settings.endpoint(),
            new String[0],
            new String[] {TransportProfile.TCP_UASC_UABINARY.getUri()});
    List<EndpointDescription> offered =
        await(
            "asking for endpoints again",
            client.sendRequestAsync(request).handle((answer, failure) -> endpoints(answer)));
    Optional<EndpointDescription> best =
        EndpointChoice.choose(offered, settings.security(), settings.mode());
    if (best.isPresent() && EndpointChoice.isStronger(best.get(), used)) {
      throw new DeviceException(
          Kind.REJECTED,
          spec.device(),
          "the server offers "
              + EndpointChoice.show(List.of(best.get()))
              + ", which was left out when its endpoints were asked for first, so that only "
              + EndpointChoice.show(List.of(used))
              + " was left: look for who changes messages between here and the server, or name the"
              + " security wanted in the settings");
    }
  }

  /** None when the server refuses to tell them here; nobody else can have said so. */
  private static List<EndpointDescription> endpoints(@Nullable UaResponseMessageType answer) {
    EndpointDescription[] told =
        answer instanceof GetEndpointsResponse response ? response.getEndpoints() : null;
    return told == null ? List.of() : List.of(told);
  }

  /** The library asks for two tables at once, which is too much for the smallest servers. */
  private void learnNamespaces() throws DeviceException {
    if (client.getNamespaceTable().toArray().length <= 1) {
      askNamespaces();
    }
  }

  /** Asks for the namespaces again; as before where the server does not tell. */
  void askNamespaces() throws DeviceException {
    boolean told =
        await(
            "asking for namespaces",
            client.readNamespaceTableAsync().handle((table, failure) -> failure == null));
    log.debug("device={} namespaces told={}", spec.device(), told);
  }

  /** The endpoint that is used. */
  EndpointDescription endpoint() {
    return shown.endpoint();
  }

  /** The library's client. */
  OpcUaClient client() {
    return client;
  }

  /** The session's token, for requests that the library has no method for. */
  NodeId token() {
    return token;
  }

  /** What the link belongs to. */
  OpcUaSpec spec() {
    return spec;
  }

  /** Marks the link as lost, for the first reason given. From any thread. */
  void lose(DeviceException why) {
    if (lost.compareAndSet(null, why)) {
      wake.run();
    }
  }

  /** Does nothing while the link is there. */
  void check() throws DeviceException {
    DeviceException why = lost.get();
    if (why != null) {
      throw why;
    }
  }

  /**
   * Waits for an answer, no longer than the device's time-out; a refusal of the request as a whole
   * for one of the reasons named is told as {@code refused} and leaves the link as it is.
   */
  <T> T await(
      String what, CompletableFuture<T> answer, Set<Long> reasons, Function<StatusCode, T> refused)
      throws DeviceException {
    try {
      return await(spec, what, answer);
    } catch (DeviceException e) {
      Optional<StatusCode> why =
          UaException.extractStatusCode(e).filter(code -> reasons.contains(code.value()));
      if (why.isPresent()) {
        return refused.apply(why.get());
      }
      lost.compareAndSet(null, e);
      throw e;
    }
  }

  /** Waits for an answer, no longer than the device's time-out. */
  <T> T await(String what, CompletableFuture<T> answer) throws DeviceException {
    try {
      return await(spec, what, answer);
    } catch (DeviceException e) {
      lost.compareAndSet(null, e);
      throw e;
    }
  }

  private static <T> T await(OpcUaSpec spec, String what, CompletableFuture<T> answer)
      throws DeviceException {
    try {
      return answer.get(spec.settings().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw new DeviceException(
          Kind.TIMEOUT,
          spec.device(),
          what + ": no answer within " + spec.settings().timeout().toMillis() + " ms",
          e);
    } catch (ExecutionException e) {
      throw Failures.of(spec, what, e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.lost(spec, what + ": interrupted", e);
    }
  }

  /**
   * Ends the session politely if it is there, else drops the connection. Waits a second at most;
   * what the library has not finished by then it finishes on its own threads.
   */
  void close() {
    CompletableFuture<OpcUaClient> closed =
        dropped().thenCompose(transport -> client.disconnectAsync());
    lost.compareAndSet(null, Failures.lost(spec, "closed", null));
    try {
      Object ignored = closed.get(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.debug("device={} closing took too long or failed", spec.device(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A server that does not answer is not asked to end the session: the connection goes first. */
  private CompletableFuture<?> dropped() {
    return lost.get() == null
        ? CompletableFuture.completedFuture(client)
        : client.getTransport().disconnect();
  }
}
