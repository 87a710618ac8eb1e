package io.deungdae.collector.driver.xgt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** Writes frames as bytes. XGL-EFMF manual §7.1.1; numbers are little-endian. */
final class FrameEncoder extends MessageToByteEncoder<Frame> {

  FrameEncoder() {
    super(Frame.class);
  }

  @Override
  protected void encode(ChannelHandlerContext context, Frame frame, ByteBuf out) {
    int start = out.writerIndex();
    Header header = frame.header();
    out.writeBytes(header.company().bytes());
    out.writeShortLE(header.plcInfo());
    out.writeByte(header.cpu());
    out.writeByte(header.source().code());
    out.writeShortLE(header.invokeId());
    out.writeShortLE(frame.length());
    out.writeByte(header.position());
    out.writeByte(Checksum.of(out, start));
    out.writeBytes(frame.body());
  }
}
