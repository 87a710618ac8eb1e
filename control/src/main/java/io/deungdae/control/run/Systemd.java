package io.deungdae.control.run;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service manager that started the gateway, and what it wants to hear: that the gateway is up,
 * alive, stopping (sd_notify(3)). Each message is a datagram to a Unix socket. Linux only. One
 * thread at a time; every call waits a second at most.
 */
public final class Systemd implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);
  private static final long LONGEST_MS = 1000;

  private final DomainSocketAddress socket;
  private final Duration patience;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("systemd", true), EpollIoHandler.newFactory());

  private Systemd(DomainSocketAddress socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  /**
   * The service manager, if there is one.
   *
   * @param socket its socket, from {@code NOTIFY_SOCKET}: a path, or an abstract name behind
   *     {@code @}; empty when nobody wants to hear anything
   * @param watchdogUs microseconds after which it ends a gateway that it has not heard of, from
   *     {@code WATCHDOG_USEC}; 0 for never
   */
  public static Optional<Systemd> at(String socket, long watchdogUs) {
    if (socket.isEmpty()) {
      return Optional.empty();
    }
    if (!Epoll.isAvailable()) {
      LOG.warn("systemd cannot be told how the gateway is; use Type=exec without WatchdogSec here");
      return Optional.empty();
    }
    String path = socket.startsWith("@") ? '\0' + socket.substring(1) : socket;
    return Optional.of(
        new Systemd(
            new DomainSocketAddress(path),
            Duration.of(Math.max(0, watchdogUs), ChronoUnit.MICROS)));
  }

  /** How long it waits to hear of the gateway; empty when it does not mind. */
  Optional<Duration> patience() {
    return Optional.of(patience).filter(duration -> !duration.isZero());
  }

  /** All is wired and runs. */
  void ready() throws IOException {
    send("READY=1");
  }

  /** All is well. */
  void alive() throws IOException {
    send("WATCHDOG=1");
  }

  /** A stop begins. */
  void stopping() throws IOException {
    send("STOPPING=1");
  }

  private void send(String state) throws IOException {
    ChannelFuture connecting =
        new Bootstrap()
            .group(group)
            .channel(EpollDomainDatagramChannel.class)
            .handler(new ChannelInboundHandlerAdapter())
            .connect(socket);
    Channel channel = connecting.channel();
    try {
      done(connecting);
      done(channel.writeAndFlush(Unpooled.copiedBuffer(state, StandardCharsets.UTF_8)));
    } finally {
      done(channel.close());
    }
  }

  private static void done(ChannelFuture future) throws IOException {
    try {
      if (!future.await(LONGEST_MS)) {
        throw new IOException("the service manager's socket does not take the message");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Throwable why = future.cause();
    if (why != null) {
      throw new IOException(why.getMessage(), why);
    }
  }

  @Override
  public void close() {
    var unused = group.shutdownGracefully(0, LONGEST_MS, TimeUnit.MILLISECONDS);
  }
}
