package io.deungdae.bench.collect;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * An OPC UA server (Milo's) with many doubles {@code s=t0}, {@code s=t1} …, each of which counts
 * the seconds since its start. Argument: how many. Prints its port; ends with its standard input.
 */
final class OpcUaSource {

  private static final String HOST = "127.0.0.1";
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long PATIENCE_S = 60;

  private OpcUaSource() {}

  /** Runs it. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    OpcUaServer server =
        new OpcUaServer(
            config(port),
            profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build()));
    Numbers numbers = new Numbers(server, Integer.parseInt(args[0]));
    numbers.startup();
    server.startup().get(PATIENCE_S, TimeUnit.SECONDS);
    Thread counting = new Thread(numbers::count, "count");
    counting.setDaemon(true);
    counting.start();
    System.out.println(port);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static OpcUaServerConfig config(int port) {
    EndpointConfig endpoint =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress(HOST)
            .setBindPort(port)
            .setHostname(HOST)
            .setPath("/bench")
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None)
            .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
            .build();
    return OpcUaServerConfig.builder()
        .setApplicationUri("urn:deungdae:bench")
        .setApplicationName(LocalizedText.english("bench"))
        .setProductUri("urn:deungdae:bench")
        .setEndpoints(Set.of(endpoint))
        .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
        .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
        .build();
  }

  /** The nodes. */
  private static final class Numbers extends ManagedNamespaceWithLifecycle {

    private final SubscriptionModel subscriptions;
    private final List<UaVariableNode> nodes = new ArrayList<>();

    Numbers(OpcUaServer server, int count) {
      super(server, "urn:deungdae:bench");
      this.subscriptions = new SubscriptionModel(server, this);
      getLifecycleManager().addLifecycle(subscriptions);
      getLifecycleManager().addStartupTask(() -> add(count));
    }

    private void add(int count) {
      for (int i = 0; i < count; i++) {
        UaVariableNode node =
            new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
                .setNodeId(newNodeId("t" + i))
                .setBrowseName(newQualifiedName("t" + i))
                .setDisplayName(LocalizedText.english("t" + i))
                .setDataType(NodeIds.Double)
                .setTypeDefinition(NodeIds.BaseDataVariableType)
                .build();
        node.addReference(
            new Reference(
                node.getNodeId(),
                NodeIds.Organizes,
                NodeIds.ObjectsFolder.expanded(),
                Reference.Direction.INVERSE));
        getNodeManager().addNode(node);
        nodes.add(node);
      }
    }

    private void count() {
      long startNs = System.nanoTime();
      for (long second = 1; ; second++) {
        DataValue value = new DataValue(Variant.ofDouble((double) second));
        nodes.forEach(node -> node.setValue(value));
        while (System.nanoTime() - startNs < second * SECOND_NS) {
          LockSupport.parkNanos(startNs + second * SECOND_NS - System.nanoTime());
        }
      }
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
      subscriptions.onDataItemsCreated(items);
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
      subscriptions.onDataItemsModified(items);
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
      subscriptions.onDataItemsDeleted(items);
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
      subscriptions.onMonitoringModeChanged(items);
    }
  }
}
