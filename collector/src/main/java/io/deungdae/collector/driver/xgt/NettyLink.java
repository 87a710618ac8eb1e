package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.signal.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A TCP connection to a PLC on an event loop of its own; see {@link Arrivals} for the hand-off. */
final class NettyLink implements Link {

  private static final long STOP_MS = 1_000;

  private final String device;
  private final XgtSettings settings;
  private final Clock clock;
  private final Map<Integer, Request> underWay = new HashMap<>();
  private Arrivals arrivals = new Arrivals();
  private @Nullable MultiThreadIoEventLoopGroup loop;
  private @Nullable Channel channel;
  private int lastId;

  NettyLink(String device, XgtSettings settings, Clock clock) {
    this.device = device;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void open() throws DeviceException {
    close();
    Arrivals fresh = new Arrivals();
    arrivals = fresh;
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("xgt-" + device, true), NioIoHandler.newFactory());
    loop = group;
    int waitMs = (int) settings.connectTimeout().toMillis();
    ChannelFuture connecting =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, waitMs)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .handler(pipeline(fresh))
            .connect(settings.host(), settings.port());
    channel = connecting.channel();
    // a name that is slow to resolve is not under Netty's own limit
    if (!finished(connecting, 2L * waitMs) || !connecting.isSuccess()) {
      close();
      throw new DeviceException(
          Kind.CONNECT,
          device,
          "no connection to " + settings.endpoint() + ": " + reason(connecting.cause()));
    }
  }

  private static ChannelInitializer<Channel> pipeline(Arrivals arrivals) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel fresh) {
        fresh
            .pipeline()
            .addLast(new FrameEncoder(), new FrameDecoder(Source.PLC), arrivals.handler());
      }
    };
  }

  private static boolean finished(Future<?> future, long waitMs) {
    try {
      return future.await(waitMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "no answer in time";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public int send(Request request) throws DeviceException {
    Channel open = channel;
    if (open == null || !open.isActive()) {
      throw broken(Kind.CONNECT, "is not connected");
    }
    do {
      lastId = lastId % 0xFFFF + 1;
    } while (underWay.containsKey(lastId));
    underWay.put(lastId, request);
    Header header =
        new Header(
            settings.company(),
            0,
            settings.cpu().code(),
            Source.CLIENT,
            lastId,
            settings.position());
    ChannelFuture sent = open.writeAndFlush(new Frame(header, request.body()));
    Arrivals here = arrivals;
    var unused = sent.addListener(done -> here.watch(done.cause()));
    return lastId;
  }

  @Override
  public @Nullable Reply await(long deadlineNs) throws DeviceException {
    while (true) {
      Arrivals.Event event = next(deadlineNs);
      if (event == null) {
        return null;
      }
      if (event instanceof Arrivals.Broken broken) {
        throw broken(broken.kind(), broken.what());
      }
      Frame frame = ((Arrivals.Arrived) event).frame();
      int id = frame.header().invokeId();
      Request request = underWay.remove(id);
      if (request != null) {
        return new Reply(id, frame.header(), answer(request, frame));
      }
    }
  }

  private Arrivals.@Nullable Event next(long deadlineNs) throws DeviceException {
    try {
      return arrivals.poll(deadlineNs - clock.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw broken(Kind.CONNECT, "is given up, the device's thread was interrupted");
    }
  }

  private Answer answer(Request request, Frame frame) throws DeviceException {
    try {
      return request.answer(frame.body());
    } catch (MalformedException e) {
      throw new DeviceException(
          Kind.PROTOCOL, device, settings.endpoint() + " sent " + e.getMessage(), e);
    }
  }

  private DeviceException broken(Kind kind, String what) {
    String start = kind == Kind.PROTOCOL ? "" : "connection to ";
    return new DeviceException(kind, device, start + settings.endpoint() + " " + what);
  }

  @Override
  public void forget(int invokeId) {
    underWay.remove(invokeId);
  }

  @Override
  public void close() {
    underWay.clear();
    Channel open = channel;
    channel = null;
    if (open != null) {
      var unused = finished(open.close(), STOP_MS);
    }
    MultiThreadIoEventLoopGroup running = loop;
    loop = null;
    if (running != null) {
      var unused = finished(running.shutdownGracefully(0, STOP_MS, TimeUnit.MILLISECONDS), STOP_MS);
    }
  }
}
