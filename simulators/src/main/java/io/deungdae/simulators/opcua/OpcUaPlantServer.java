package io.deungdae.simulators.opcua;

import io.deungdae.simulators.trouble.ProtocolServer;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * An OPC UA server for plants, on the loopback interface, for anonymous users: one endpoint without
 * security and one with Basic256Sha256, sign and encrypt. It serves from construction to {@link
 * #close}.
 */
public final class OpcUaPlantServer implements ProtocolServer {

  /** Namespace of all nodes. */
  public static final String NAMESPACE = PlantNamespace.URI;

  private static final String APPLICATION_URI = "urn:deungdae:simulators:opcua";
  private static final String HOST = "127.0.0.1";
  private static final String ROOT = "/deungdae";
  private static final long PATIENCE_S = 20;

  private static final Set<Trouble> POSSIBLE = EnumSet.complementOf(EnumSet.of(Trouble.REORDER));

  private final Lock lock = new ReentrantLock();
  private final List<PlantView> plants;
  private final Path folder;
  private final ClientTrust trust;
  private final int port;
  private final Troubles troubles = new Troubles(POSSIBLE);
  private OpcUaServer server;
  private PlantNamespace namespace;
  private List<StandardTypes> standards = List.of();
  private boolean expired;
  private boolean closed;

  /**
   * Starts serving.
   *
   * @param plants what is served
   * @param port TCP port, or 0 for any free one
   * @param folder where key, certificate and the list of trusted clients are kept
   * @param trust whose certificates are accepted on the encrypted endpoint
   * @throws IOException when the port is taken or the folder cannot be used
   */
  public OpcUaPlantServer(List<PlantAccess> plants, int port, Path folder, ClientTrust trust)
      throws IOException {
    this.plants = plants.stream().map(plant -> new PlantView(plant, troubles)).toList();
    this.port = port == 0 ? freePort() : port;
    this.folder = folder;
    this.trust = trust;
    server = server(ServerIdentity.in(folder, APPLICATION_URI, trust));
    namespace = new PlantNamespace(server, this.plants);
    startup();
    troubles.listen(this::certify);
  }

  private OpcUaServer server(ServerIdentity identity) {
    OpcUaServerConfig config =
        OpcUaServerConfig.builder()
            .setApplicationUri(APPLICATION_URI)
            .setApplicationName(LocalizedText.english("Deungdae simulators"))
            .setProductUri("urn:deungdae:simulators")
            .setEndpoints(endpoints(identity))
            .setCertificateManager(identity.manager())
            .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
            .setLimits(new FastLimits())
            .build();
    OpcTcpServerTransportConfig transport =
        OpcTcpServerTransportConfig.newBuilder()
            .setChannelPipelineCustomizer(line -> line.addFirst(new WireTrouble(troubles)))
            .build();
    return new OpcUaServer(config, profile -> new OpcTcpServerTransport(transport));
  }

  private void startup() throws IOException {
    boolean machines = plants.stream().anyMatch(plant -> plant.plant().cyclic());
    standards = machines ? StandardTypes.of(server) : List.of();
    standards.forEach(StandardTypes::startup);
    namespace.startup();
    if (machines) {
      namespace.addMachines();
    }
    await(server.startup(), "start the OPC UA server on port " + port);
    if (server.getBoundEndpoints().isEmpty()) {
      close();
      throw new IOException("cannot bind port " + port);
    }
  }

  /** Starts the server anew with another certificate when that is the trouble, or no more. */
  private void certify(Troubles now) {
    lock.lock();
    try {
      boolean wanted = now.on(Trouble.EXPIRED_CERTIFICATE);
      if (closed || wanted == expired) {
        return;
      }
      ServerIdentity identity =
          wanted
              ? ServerIdentity.expired(folder.resolve("expired"), APPLICATION_URI, trust)
              : ServerIdentity.in(folder, APPLICATION_URI, trust);
      shutdown();
      server = server(identity);
      namespace = new PlantNamespace(server, plants);
      startup();
      expired = wanted;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot change the certificate: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String protocol() {
    return "opcua";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  /** Where clients connect to, e.g. {@code opc.tcp://127.0.0.1:4840/deungdae}. */
  public String url() {
    return "opc.tcp://" + HOST + ":" + port + ROOT;
  }

  /** Disconnects everybody. Harmless the second time. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      shutdown();
    } finally {
      lock.unlock();
    }
  }

  private void shutdown() throws IOException {
    namespace.shutdown();
    standards.forEach(StandardTypes::shutdown);
    await(server.shutdown(), "stop the OPC UA server");
  }

  private Set<EndpointConfig> endpoints(ServerIdentity identity) {
    EndpointConfig.Builder endpoint =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress(HOST)
            .setBindPort(port)
            .setHostname(HOST)
            .setPath(ROOT)
            .setCertificate(identity.certificate())
            .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
    Set<EndpointConfig> endpoints = new LinkedHashSet<>();
    endpoints.add(
        endpoint
            .copy()
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None)
            .build());
    endpoints.add(
        endpoint
            .copy()
            .setSecurityPolicy(SecurityPolicy.Basic256Sha256)
            .setSecurityMode(MessageSecurityMode.SignAndEncrypt)
            .build());
    return endpoints;
  }

  /** A port that is free now; the library has to know it before it binds. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void await(CompletableFuture<?> future, String what) throws IOException {
    try {
      future.get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while trying to " + what, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("cannot " + what, e);
    }
  }
}
