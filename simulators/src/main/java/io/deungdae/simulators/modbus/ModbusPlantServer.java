package io.deungdae.simulators.modbus;

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
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a plant over Modbus TCP on the loopback interface; see {@link RegisterMap} for where
 * things lie. Every unit id is answered. At most 32 clients at once; one more is hung up on. Serves
 * from construction to {@link #close}.
 */
public final class ModbusPlantServer implements ProtocolServer {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusPlantServer.class);
  private static final int MOST_CLIENTS = 32;
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
  private final PlantRegisters registers;
  private final Set<ModbusConnection> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private final Troubles troubles = new Troubles(POSSIBLE);

  /**
   * Starts serving.
   *
   * @param plant what is served
   * @param port TCP port, or 0 for any free one
   * @throws IOException when the port is taken
   */
  public ModbusPlantServer(SharedPlant<?> plant, int port) throws IOException {
    registers = new PlantRegisters(new Outlook(plant, troubles), new RegisterMap(plant.signals()));
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    acceptor = new Thread(this::accept, "modbus-accept");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  @Override
  public String protocol() {
    return "modbus";
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public Troubles troubles() {
    return troubles;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          LOG.warn("modbus accept failed action=\"none, waiting for the next client\"", e);
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    if (connections.size() >= MOST_CLIENTS) {
      socket.close();
      return;
    }
    ModbusConnection connection = new ModbusConnection(socket, registers, troubles);
    connections.add(connection);
    Thread thread =
        new Thread(
            () -> {
              connection.run();
              connections.remove(connection);
            },
            "modbus-" + socket.getPort());
    thread.setDaemon(true);
    thread.start();
  }

  /** Hangs up on everybody. Harmless the second time. */
  @Override
  public void close() throws IOException {
    listener.close();
    for (ModbusConnection connection : connections) {
      connection.close();
    }
    try {
      acceptor.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
