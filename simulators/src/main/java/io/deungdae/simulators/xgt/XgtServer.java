package io.deungdae.simulators.xgt;

import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.trouble.Outlook;
import io.deungdae.simulators.trouble.ProtocolServer;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a memory over the XGT protocol on the loopback interface, as a PLC with an Ethernet module
 * does. At most 16 clients at once, as an XGL-EFMT; one more is hung up on. Serves from
 * construction to {@link #close}.
 */
public final class XgtServer implements ProtocolServer {

  private static final Logger LOG = LoggerFactory.getLogger(XgtServer.class);
  private static final int MOST_CLIENTS = 16;
  private static final long STOP_MS = 2000;
  private static final Set<Trouble> POSSIBLE =
      EnumSet.of(
          Trouble.SILENT,
          Trouble.SLOW,
          Trouble.HANG_UP,
          Trouble.CUT,
          Trouble.EXCEPTION,
          Trouble.WRONG_ID,
          Trouble.TWICE,
          Trouble.GARBAGE,
          Trouble.STALE,
          Trouble.BAD_STATUS);

  private final ServerSocket listener;
  private final Model model;
  private final Instructions instructions;
  private final Set<XgtConnection> connections = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;
  private final Thread acceptor;
  private final Troubles troubles;
  private final AtomicLong requests = new AtomicLong();
  private volatile Duration latency = Duration.ZERO;

  /**
   * Starts serving.
   *
   * @param model what kind of PLC it is
   * @param memory what is served
   * @param port TCP port, or 0 for any free one
   * @throws IOException when the port is taken
   */
  public XgtServer(Model model, Memory memory, int port) throws IOException {
    this(model, memory, port, new Troubles(POSSIBLE));
  }

  /** Starts serving a plant, at the places of {@link PlantMemory}. */
  public static XgtServer of(Model model, SharedPlant<?> plant, int port) throws IOException {
    Troubles troubles = new Troubles(POSSIBLE);
    return new XgtServer(model, new PlantMemory(new Outlook(plant, troubles)), port, troubles);
  }

  private XgtServer(Model model, Memory memory, int port, Troubles troubles) throws IOException {
    this.troubles = troubles;
    this.model = model;
    this.instructions = new Instructions(model, memory);
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    timer = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "xgt-timer"));
    acceptor = daemon(this::accept, "xgt-accept");
    acceptor.start();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String protocol() {
    return "xgt";
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  /** Answers each request after this time, without holding up the next. */
  public void latency(Duration time) {
    latency = time;
  }

  /** How many requests came since the start. */
  public long requests() {
    return requests.get();
  }

  Model model() {
    return model;
  }

  Instructions instructions() {
    return instructions;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  Duration latency() {
    return latency;
  }

  void counted() {
    requests.incrementAndGet();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.warn("xgt accept failed action=\"none, waiting for the next client\"", e);
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    if (connections.size() >= MOST_CLIENTS) {
      socket.close();
      return;
    }
    XgtConnection connection = new XgtConnection(socket, this);
    connections.add(connection);
    daemon(
            () -> {
              try {
                connection.run();
              } finally {
                connections.remove(connection);
              }
            },
            "xgt-client")
        .start();
  }

  /** Hangs up on everybody, and takes new clients. */
  public void hangUp() throws IOException {
    for (XgtConnection connection : connections) {
      connection.close();
    }
  }

  /** Stops listening and hangs up on everybody. Calling it twice is harmless. */
  @Override
  public void close() throws IOException {
    listener.close();
    hangUp();
    timer.shutdownNow();
    try {
      acceptor.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
