package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.DeviceException.Kind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hand-off of what a connection brings: its event loop adds, the device's thread takes. Bounded; a
 * PLC that sends more than was asked for fills it, and then the connection counts as broken.
 */
final class Arrivals {

  private static final int CAPACITY = 64; // four times the requests that can be under way

  private final ArrayBlockingQueue<Event> queue = new ArrayBlockingQueue<>(CAPACITY);

  /** What came. */
  sealed interface Event {}

  /** A frame. */
  record Arrived(Frame frame) implements Event {}

  /** The end of the connection, and why. */
  record Broken(Kind kind, String what) implements Event {}

  /** Takes the next, or null after the wait; the wait may be negative for none. */
  @Nullable Event poll(long wait, TimeUnit unit) throws InterruptedException {
    return queue.poll(wait, unit);
  }

  private void add(Event event) {
    if (!queue.offer(event)) {
      queue.clear();
      var unused = queue.offer(new Broken(Kind.PROTOCOL, "sent frames that nobody asked for"));
    }
  }

  /** Tells that sending failed, if it did. */
  void watch(@Nullable Throwable cause) {
    if (cause != null) {
      add(new Broken(Kind.CONNECT, "broke: " + reason(cause)));
    }
  }

  /** The last handler of the connection's pipeline. */
  ChannelInboundHandler handler() {
    return new SimpleChannelInboundHandler<Frame>() {
      @Override
      protected void channelRead0(ChannelHandlerContext context, Frame frame) {
        add(new Arrived(frame));
      }

      @Override
      public void channelInactive(ChannelHandlerContext context) {
        add(new Broken(Kind.CONNECT, "was closed by the PLC"));
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        add(
            cause instanceof DecoderException
                ? new Broken(Kind.PROTOCOL, "sent " + reason(cause))
                : new Broken(Kind.CONNECT, "broke: " + reason(cause)));
        var unused = context.close();
      }
    };
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
