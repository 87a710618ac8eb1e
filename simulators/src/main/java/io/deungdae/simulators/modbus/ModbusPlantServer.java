package io.deungdae.simulators.modbus;

import io.deungdae.simulators.plant.SharedPlant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a plant over Modbus TCP on the loopback interface; see {@link RegisterMap} for where
 * things lie. Every unit id is answered. At most 32 clients at once; one more is hung up on. Serves
 * from construction to {@link #close}.
 */
public final class ModbusPlantServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusPlantServer.class);
  private static final int MOST_CLIENTS = 32;
  private static final long STOP_MS = 2000;

  private final ServerSocket listener;
  private final PlantRegisters registers;
  private final Set<ModbusConnection> connections = ConcurrentHashMap.newKeySet();
  private final Thread acceptor;
  private volatile Misbehaviour misbehaviour = Misbehaviour.NONE;

  /**
   * Starts serving.
   *
   * @param plant what is served
   * @param port TCP port, or 0 for any free one
   * @throws IOException when the port is taken
   */
  public ModbusPlantServer(SharedPlant<?> plant, int port) throws IOException {
    registers = new PlantRegisters(plant, new RegisterMap(plant.signals()));
    listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    acceptor = new Thread(this::accept, "modbus-accept");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** The TCP port. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Makes trouble of this kind from the next request on, until told {@link Misbehaviour#NONE}. */
  public void misbehave(Misbehaviour how) {
    misbehaviour = how;
  }

  /** The trouble it makes at present. */
  public Misbehaviour misbehaviour() {
    return misbehaviour;
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
    ModbusConnection connection = new ModbusConnection(socket, registers, this::misbehaviour);
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
