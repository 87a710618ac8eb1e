package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.WallClock;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Spoils what goes over one connection, next to the socket: the library above it knows nothing of
 * it. Wrong request numbers are put in where nothing is encrypted.
 */
final class WireTrouble extends ChannelDuplexHandler {

  /** Where a chunk without encryption has its request's number: OPC UA Part 6 §6.7.2. */
  private static final int REQUEST_ID = 20;

  private final Troubles troubles;
  private final WallClock clock = WallClock.system();
  private long dueNs;

  WireTrouble(Troubles troubles) {
    this.troubles = troubles;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (troubles.on(Trouble.HANG_UP)) {
      ReferenceCountUtil.release(message);
      closing(context);
    } else {
      context.fireChannelRead(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!(message instanceof ByteBuf bytes)) {
      forward(context, message, promise);
    } else if (troubles.on(Trouble.SILENT)) {
      bytes.release();
      promise.setSuccess();
    } else if (troubles.on(Trouble.CUT)) {
      forward(context, bytes.slice(bytes.readerIndex(), bytes.readableBytes() / 2), promise);
      context.flush();
      closing(context);
    } else {
      later(context, spoilt(bytes), promise);
    }
  }

  private ByteBuf spoilt(ByteBuf bytes) {
    if (troubles.on(Trouble.GARBAGE)) {
      bytes.release();
      return Unpooled.copiedBuffer("HTTP/1.1 400 Bad Request\r\n\r\n", StandardCharsets.US_ASCII);
    }
    if (troubles.on(Trouble.WRONG_ID) && message(bytes)) {
      int at = bytes.readerIndex() + REQUEST_ID;
      bytes.setIntLE(at, bytes.getIntLE(at) + 1000);
    }
    return troubles.on(Trouble.TWICE)
        ? Unpooled.wrappedBuffer(bytes, bytes.retainedDuplicate())
        : bytes;
  }

  private static boolean message(ByteBuf bytes) {
    int at = bytes.readerIndex();
    return bytes.readableBytes() > REQUEST_ID + 4
        && bytes.getByte(at) == 'M'
        && bytes.getByte(at + 1) == 'S';
  }

  /** Sends in order, each as late as the size says when it was written. */
  private void later(ChannelHandlerContext context, ByteBuf bytes, ChannelPromise promise) {
    long nowNs = clock.nanoTime();
    long delayNs = Math.round(1e9 * troubles.size(Trouble.SLOW));
    dueNs = Math.max(dueNs, nowNs + delayNs);
    if (dueNs <= nowNs) {
      forward(context, bytes, promise);
      return;
    }
    var unused =
        context
            .executor()
            .schedule(
                () -> {
                  forward(context, bytes, promise);
                  context.flush();
                },
                dueNs - nowNs,
                TimeUnit.NANOSECONDS);
  }

  private static void forward(
      ChannelHandlerContext context, Object message, ChannelPromise promise) {
    var unused = context.write(message, promise);
  }

  private static void closing(ChannelHandlerContext context) {
    var unused = context.close().addListener(ChannelFutureListener.CLOSE);
  }
}
