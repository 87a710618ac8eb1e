package io.deungdae.simulators.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.moulding.Moulding;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.trouble.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real client against the moulding machine, which runs at 60 times real time meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class OpcUaPlantServerIT {

  private final ScheduledExecutorService stepping = Executors.newSingleThreadScheduledExecutor();
  private Moulding machine;
  private PlantAccess plant;
  private OpcUaPlantServer server;
  private OpcUaClient client;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    machine = new Moulding(1);
    plant = new PlantAccess(machine, Instant.now());
    var unused =
        stepping.scheduleAtFixedRate(
            () -> plant.tick(0.6, Instant.now()), 0, 10, TimeUnit.MILLISECONDS);
    server = new OpcUaPlantServer(List.of(plant), 0, folder, ClientTrust.ANY);
    client = OpcUaClient.create(server.url()).connect();
  }

  @AfterAll
  void stop() throws Exception {
    client.disconnect();
    server.close();
    server.close();
    stepping.shutdownNow();
  }

  @Test
  void everySignalCanBeReadWithItsSourceTime() throws Exception {
    List<NodeId> nodes =
        plant.signals().stream().map(signal -> node("moulding." + signal.name())).toList();
    List<DataValue> values = client.readValues(0, TimestampsToReturn.Both, nodes);
    for (int i = 0; i < nodes.size(); i++) {
      Signal signal = plant.signals().get(i);
      assertTrue(values.get(i).statusCode().isGood(), signal.name());
      assertNotNull(values.get(i).sourceTime(), signal.name());
      Class<?> type =
          switch (signal.kind()) {
            case NUMBER -> Double.class;
            case WHOLE -> Integer.class;
            case FLAG -> Boolean.class;
          };
      assertInstanceOf(type, values.get(i).value().value(), signal.name());
    }
  }

  @Test
  void numbersTellTheirUnitAndRange() throws Exception {
    var variable =
        (org.eclipse.milo.opcua.sdk.client.model.variables.AnalogItemTypeNode)
            client.getAddressSpace().getVariableNode(node("moulding.barrel.z1.sp"));
    Range range = variable.readEuRange();
    EUInformation unit = variable.readEngineeringUnits();
    assertEquals(180.0, range.getLow());
    assertEquals(255.0, range.getHigh());
    assertEquals(4_408_652, unit.getUnitId()); // CEL
    assertEquals("°C", unit.getDisplayName().text());
  }

  @Test
  void signalsAreGroupedInObjects() throws Exception {
    List<String> zone =
        client.getAddressSpace().browseNodes(node("moulding.barrel.z1")).stream()
            .map(found -> found.getBrowseName().name())
            .toList();
    assertTrue(zone.containsAll(List.of("pv", "sp")), zone.toString());
  }

  @Test
  void refusesAreToldApartAndAcceptedWritesAreReadBack() throws Exception {
    assertEquals(StatusCodes.Bad_UserAccessDenied, write("moulding.mold.sp", Variant.ofDouble(45)));
    takeOver();
    assertEquals(StatusCodes.Bad_OutOfRange, write("moulding.mold.sp", Variant.ofDouble(200)));
    assertEquals(
        StatusCodes.Bad_OutOfRange, write("moulding.mold.sp", Variant.ofDouble(Double.NaN)));
    assertEquals(0, write("moulding.mold.sp", Variant.ofDouble(45)));
    awaitValue("moulding.mold.sp", 45.0);
    long readOnly = write("moulding.part.weight", Variant.ofDouble(45));
    assertEquals(StatusCodes.Bad_UserAccessDenied, readOnly);
    assertEquals(StatusCodes.Bad_TypeMismatch, write("moulding.mold.sp", Variant.ofString("45")));
  }

  @Test
  void theLogbookTellsWhoMovedASetpointAndThatAnotherRecipeWasLoaded() throws Exception {
    takeOver();
    BlockingQueue<Variant[]> entries = new ArrayBlockingQueue<>(1000);
    OpcUaSubscription subscription = new OpcUaSubscription(client);
    subscription.setPublishingInterval(50.0);
    subscription.create();
    OpcUaMonitoredItem item =
        OpcUaMonitoredItem.newEventItem(
            node("moulding/imm"),
            logbook("ParameterId", "NewValue", "EventOriginator", "NewProductionDatasetName"));
    item.setQueueSize(uint(100));
    item.setEventValueListener((monitored, values) -> entries.offer(values));
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
    assertEquals(0, write("moulding.vp.sp", Variant.ofDouble(9.5)));
    Variant[] moved = await(entries, 1, 9.5);
    assertEquals("vp.sp", moved[0].value());
    assertEquals(3, moved[2].value(), "the MES");
    stepping.execute(() -> machine.product(3));
    assertEquals("recipe-3", await(entries, 3, "recipe-3")[3].value());
    stepping.execute(() -> machine.product(1));
    assertEquals("recipe-1", await(entries, 3, "recipe-1")[3].value());
    subscription.delete();
  }

  private EventFilter logbook(String... fields) {
    UShort general = client.getNamespaceTable().getIndex(Standard.GENERAL);
    SimpleAttributeOperand[] selected =
        Stream.of(fields)
            .map(
                field ->
                    new SimpleAttributeOperand(
                        NodeIds.BaseEventType,
                        new QualifiedName[] {new QualifiedName(general, field)},
                        AttributeId.Value.uid(),
                        null))
            .toArray(SimpleAttributeOperand[]::new);
    return new EventFilter(selected, new ContentFilter(new ContentFilterElement[0]));
  }

  /** The next event whose field at an index is so. */
  private static Variant[] await(BlockingQueue<Variant[]> events, int index, Object wanted)
      throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      Variant[] event = events.poll(10, TimeUnit.SECONDS);
      assertNotNull(event, "no event with " + wanted);
      if (event != null && wanted.equals(event[index].value())) {
        return event;
      }
    }
    throw new AssertionError("no event with " + wanted);
  }

  @Test
  void subscriptionsDownToTenMillisecondsSeeChanges() throws Exception {
    OpcUaSubscription subscription = new OpcUaSubscription(client);
    subscription.setPublishingInterval(10.0);
    subscription.create();
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(node("moulding.barrel.z1.pv"));
    item.setSamplingInterval(10);
    BlockingQueue<DataValue> seen = new ArrayBlockingQueue<>(1000);
    item.setDataValueListener((monitored, value) -> seen.offer(value));
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
    assertEquals(10.0, item.getRevisedSamplingInterval().orElseThrow());
    for (int i = 0; i < 10; i++) {
      assertNotNull(seen.poll(5, TimeUnit.SECONDS), "change " + i);
    }
    subscription.delete();
  }

  @Test
  void theEncryptedEndpointServesToo() throws Exception {
    OpcUaClient secure = secureClient(server).connect();
    DataValue value = secure.readValue(0, TimestampsToReturn.Both, node("moulding.cycle.time"));
    assertTrue(value.statusCode().isGood());
    secure.disconnect();
  }

  @Test
  void unlistedClientsAreTurnedAwayFromTheEncryptedEndpoint(@TempDir Path folder) throws Exception {
    try (OpcUaPlantServer strict =
        new OpcUaPlantServer(List.of(plant), 0, folder, ClientTrust.LISTED)) {
      OpcUaClient stranger = secureClient(strict);
      assertThrows(UaException.class, stranger::connect);
      stranger.disconnect();
    }
    Path rejected = folder.resolve("pki/rejected/certs");
    try (Stream<Path> kept = Files.list(rejected)) {
      assertEquals(1, kept.count(), "the stranger's certificate waits to be trusted");
    }
  }

  @Test
  void theKeyStaysTheSameOverARestart(@TempDir Path folder) throws Exception {
    var first = ServerIdentity.in(folder, "urn:test", ClientTrust.LISTED).certificate();
    var second = ServerIdentity.in(folder, "urn:test", ClientTrust.LISTED).certificate();
    assertEquals(first, second);
    assertFalse(first.getSubjectX500Principal().getName().isEmpty());
  }

  @Test
  void troublesOfValuesAreSeenByAClient() throws Exception {
    try {
      server.troubles().only(Trouble.BAD_STATUS);
      assertEquals(StatusCodes.Bad_SensorFailure, status("moulding.cycle.time"));
      server.troubles().only(Trouble.EXCEPTION);
      assertEquals(StatusCodes.Bad_DeviceFailure, status("moulding.cycle.time"));
      server.troubles().stopAll();
      server.troubles().start(Trouble.CLOCK_SKEW, 7200);
      var skewed = read("moulding.cycle.time").sourceTime();
      assertNotNull(skewed);
      double ahead = (skewed.getJavaTime() - Instant.now().toEpochMilli()) / 1000.0;
      assertEquals(7200, ahead, 60);
      server.troubles().only(Trouble.STALE);
      DataValue old = read("moulding.shot");
      for (int i = 0; i < 50; i++) {
        DataValue now = read("moulding.shot");
        assertEquals(old.value(), now.value());
      }
    } finally {
      server.troubles().stopAll();
    }
  }

  private DataValue read(String id) throws UaException {
    return client.readValue(0, TimestampsToReturn.Both, node(id));
  }

  private long status(String id) throws UaException {
    return read(id).statusCode().getValue();
  }

  @Test
  void troublesOnTheWireBreakAConnectionThatIsMadeAgain(@TempDir Path folder) throws Exception {
    try (OpcUaPlantServer other =
        new OpcUaPlantServer(List.of(plant), 0, folder, ClientTrust.ANY)) {
      for (Trouble trouble :
          List.of(
              Trouble.SILENT, Trouble.HANG_UP, Trouble.CUT, Trouble.GARBAGE, Trouble.WRONG_ID)) {
        other.troubles().stopAll();
        OpcUaClient victim = impatient(other).connect();
        NodeId node = node("moulding.cycle.time");
        assertTrue(victim.readValue(0, TimestampsToReturn.Both, node).statusCode().isGood());
        other.troubles().only(trouble);
        assertThrows(
            UaException.class,
            () -> victim.readValue(0, TimestampsToReturn.Both, node),
            trouble.id());
        other.troubles().stopAll();
        var unused = victim.disconnectAsync();
      }
    }
  }

  @Test
  void anExpiredCertificateIsShownAndTakenBack(@TempDir Path folder) throws Exception {
    try (OpcUaPlantServer other =
        new OpcUaPlantServer(List.of(plant), 0, folder, ClientTrust.ANY)) {
      X509Certificate sound = certificate(other);
      sound.checkValidity();
      other.troubles().only(Trouble.EXPIRED_CERTIFICATE);
      assertThrows(CertificateExpiredException.class, () -> certificate(other).checkValidity());
      other.troubles().stopAll();
      assertEquals(sound, certificate(other));
    }
  }

  private static X509Certificate certificate(OpcUaPlantServer server) throws Exception {
    byte[] bytes =
        DiscoveryClient.getEndpoints(server.url())
            .get(10, TimeUnit.SECONDS)
            .get(0)
            .getServerCertificate()
            .bytesOrEmpty();
    return CertificateUtil.decodeCertificate(bytes);
  }

  private static OpcUaClient impatient(OpcUaPlantServer server) throws Exception {
    return OpcUaClient.create(
        server.url(),
        endpoints ->
            endpoints.stream().filter(e -> e.getSecurityPolicyUri().endsWith("#None")).findFirst(),
        transport -> transport.setConnectTimeout(uint(3000)),
        config -> config.setRequestTimeout(uint(700)));
  }

  // ---- hands

  private static OpcUaClient secureClient(OpcUaPlantServer server) throws Exception {
    KeyPair pair = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    X509Certificate certificate =
        new SelfSignedCertificateBuilder(pair)
            .setCommonName("client")
            .setApplicationUri("urn:client")
            .build();
    return OpcUaClient.create(
        server.url(),
        endpoints ->
            endpoints.stream()
                .filter(e -> e.getSecurityPolicyUri().endsWith("#Basic256Sha256"))
                .findFirst(),
        transport -> transport.setConnectTimeout(uint(3000)),
        config ->
            config
                .setApplicationUri("urn:client")
                .setKeyPair(pair)
                .setCertificate(certificate)
                .setCertificateChain(new X509Certificate[] {certificate})
                .setRequestTimeout(uint(3000)));
  }

  private NodeId node(String id) {
    return NodeId.parse(
        "ns=" + client.getNamespaceTable().getIndex(OpcUaPlantServer.NAMESPACE) + ";s=" + id);
  }

  private long write(String id, Variant value) throws UaException {
    return client
        .writeValues(List.of(node(id)), List.of(DataValue.valueOnly(value)))
        .get(0)
        .getValue();
  }

  private void takeOver() throws Exception {
    int last = value("moulding.heartbeat") instanceof Integer beat ? beat : 0;
    for (int beat = 1; beat < 2000; beat++) {
      assertEquals(0, write("moulding.heartbeat", Variant.ofInt32(last + beat)));
      if (Boolean.TRUE.equals(value("moulding.remote"))) {
        return;
      }
    }
    throw new AssertionError("the operators did not hand over");
  }

  private void awaitValue(String id, Object wanted) throws UaException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!wanted.equals(value(id))) {
      assertTrue(System.nanoTime() < deadline, id + " is " + value(id));
    }
  }

  private @Nullable Object value(String id) throws UaException {
    return client.readValue(0, TimestampsToReturn.Both, node(id)).value().value();
  }
}
