package io.deungdae.bench.collect;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
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
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * An OPC UA server whose nodes {@code ns=2;s=t0} and on are doubles that count up by one each
 * second, all at once, and are given to who subscribes them when they change, as a controller does
 * that need not sample itself; {@code ns=2;s=changed} holds the monotonic time in nanoseconds at
 * which it was last changed, every 20 to 60 ms; {@code ns=2;s=sp0} to {@code sp3} may be written.
 * Prints its port; ends with its standard input.
 *
 * <p>Argument: how many.
 */
public final class OpcUaPlant {

  private static final long SECOND_NS = 1_000_000_000L;

  private OpcUaPlant() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    PrintStream told = System.out;
    System.setOut(System.err); // where the library logs to
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    OpcUaServer server = server(port);
    Nodes nodes = new Nodes(server, Integer.parseInt(args[0]));
    nodes.startup();
    server.startup().get(60, TimeUnit.SECONDS);
    start("count", nodes::count);
    start("change", nodes::change);
    told.println(port);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static OpcUaServer server(int port) throws IOException {
    EndpointConfig endpoint =
        EndpointConfig.newBuilder()
            .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
            .setBindAddress("127.0.0.1")
            .setBindPort(port)
            .setHostname("127.0.0.1")
            .setSecurityPolicy(SecurityPolicy.None)
            .setSecurityMode(MessageSecurityMode.None)
            .addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
            .build();
    return new OpcUaServer(
        OpcUaServerConfig.builder()
            .setApplicationUri("urn:bench:server")
            .setApplicationName(LocalizedText.english("bench"))
            .setProductUri("urn:bench")
            .setEndpoints(Set.of(endpoint))
            .setCertificateManager(new DefaultCertificateManager(new MemoryCertificateQuarantine()))
            .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
            .setLimits(new Quick())
            .build(),
        profile -> new OpcTcpServerTransport(OpcTcpServerTransportConfig.newBuilder().build()));
  }

  /** Samples and publishes down to 5 ms, many items. */
  private static final class Quick implements OpcUaServerConfigLimits {
    @Override
    public Double getMinSupportedSampleRate() {
      return 5.0;
    }

    @Override
    public Double getMinPublishingInterval() {
      return 5.0;
    }
  }

  /** The nodes. */
  private static final class Nodes extends ManagedNamespaceWithLifecycle {
    private final List<UaVariableNode> counters = new ArrayList<>();
    private final SubscriptionModel subscriptions;
    private final UaVariableNode changed;
    private final Map<NodeId, DataItem> counted = new ConcurrentHashMap<>();

    Nodes(OpcUaServer server, int tags) {
      super(server, "urn:bench");
      subscriptions = new SubscriptionModel(server, this);
      getLifecycleManager().addLifecycle(subscriptions);
      for (int i = 0; i < tags; i++) {
        counters.add(node("t" + i));
      }
      changed = node("changed");
      for (int i = 0; i < 4; i++) {
        node("sp" + i);
      }
    }

    private UaVariableNode node(String name) {
      UaVariableNode node =
          new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
              .setNodeId(newNodeId(name))
              .setBrowseName(newQualifiedName(name))
              .setDisplayName(LocalizedText.english(name))
              .setDataType(NodeIds.Double)
              .setTypeDefinition(NodeIds.BaseDataVariableType)
              .setAccessLevel(AccessLevel.READ_WRITE)
              .setUserAccessLevel(AccessLevel.READ_WRITE)
              .setMinimumSamplingInterval(5.0)
              .build();
      node.setValue(new DataValue(Variant.ofDouble(0)));
      node.addReference(
          new Reference(
              node.getNodeId(), NodeIds.Organizes, NodeIds.ObjectsFolder.expanded(), false));
      getNodeManager().addNode(node);
      return node;
    }

    void count() {
      long startNs = System.nanoTime();
      for (long round = 1; ; round++) {
        rest(startNs + round * SECOND_NS);
        Variant value = Variant.ofDouble((double) round);
        DataValue now = new DataValue(value);
        for (UaVariableNode counter : counters) {
          counter.setValue(now);
          DataItem item = counted.get(counter.getNodeId());
          if (item != null && item.isSamplingEnabled()) {
            item.setValue(now);
          }
        }
      }
    }

    void change() {
      Random random = new Random(1);
      while (true) {
        rest(System.nanoTime() + 20_000_000L + random.nextInt(40_000_000));
        changed.setValue(new DataValue(Variant.ofDouble((double) System.nanoTime())));
      }
    }

    private static void rest(long untilNs) {
      while (System.nanoTime() - untilNs < 0) {
        LockSupport.parkNanos(untilNs - System.nanoTime());
      }
    }

    private static boolean isCounter(DataItem item) {
      return String.valueOf(item.getReadValueId().getNodeId().getIdentifier()).startsWith("t");
    }

    private static List<DataItem> others(List<DataItem> items) {
      return items.stream().filter(item -> !isCounter(item)).toList();
    }

    @Override
    public void onDataItemsCreated(List<DataItem> items) {
      for (DataItem item : items) {
        if (isCounter(item)) {
          NodeId node = item.getReadValueId().getNodeId();
          getNodeManager()
              .getNode(node)
              .ifPresent(found -> item.setValue(((UaVariableNode) found).getValue()));
          counted.put(node, item);
        }
      }
      subscriptions.onDataItemsCreated(others(items));
    }

    @Override
    public void onDataItemsModified(List<DataItem> items) {
      subscriptions.onDataItemsModified(others(items));
    }

    @Override
    public void onDataItemsDeleted(List<DataItem> items) {
      for (DataItem item : items) {
        counted.remove(item.getReadValueId().getNodeId(), item);
      }
      subscriptions.onDataItemsDeleted(others(items));
    }

    @Override
    public void onMonitoringModeChanged(List<MonitoredItem> items) {
      subscriptions.onMonitoringModeChanged(
          items.stream().filter(i -> !(i instanceof DataItem item && isCounter(item))).toList());
    }
  }
}
