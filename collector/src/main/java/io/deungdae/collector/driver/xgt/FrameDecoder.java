package io.deungdae.collector.driver.xgt;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.List;
import java.util.Optional;

/**
 * Cuts bytes into frames, however they arrive. What is no frame ends in a {@link
 * CorruptedFrameException}, and nothing after it is looked at, because where the next frame begins
 * is then unknown.
 */
final class FrameDecoder extends ByteToMessageDecoder {

  private static final int SOURCE_AT = 13;
  private static final int LENGTH_AT = 16;

  private final Source from;
  private boolean lost;

  /** Takes frames of one side only. */
  FrameDecoder(Source from) {
    this.from = from;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (lost) {
      in.skipBytes(in.readableBytes());
      return;
    }
    refuseWrongBeginning(in);
    if (in.readableBytes() < Header.LENGTH) {
      return;
    }
    int start = in.readerIndex();
    int length = in.getUnsignedShortLE(start + LENGTH_AT);
    refuseWrongHeader(in, start, length);
    if (in.readableBytes() >= Header.LENGTH + length) {
      out.add(read(in, start, length));
      in.skipBytes(Header.LENGTH + length);
    }
  }

  /** Sees garbage at its first byte, without waiting for a whole header. */
  private void refuseWrongBeginning(ByteBuf in) {
    int known = Math.min(Company.LENGTH, in.readableBytes());
    for (Company company : Company.values()) {
      int same = 0;
      while (same < known && in.getByte(in.readerIndex() + same) == company.at(same)) {
        same++;
      }
      if (same == known) {
        return;
      }
    }
    throw corrupted("bytes that begin no XGT frame");
  }

  private void refuseWrongHeader(ByteBuf in, int start, int length) {
    int source = in.getUnsignedByte(start + SOURCE_AT);
    if (source != from.code()) {
      throw corrupted(String.format("a frame of source 0x%02X", source));
    }
    if (length > Frame.LONGEST_BODY) {
      throw corrupted("a frame of " + length + " bytes");
    }
    if (!Checksum.holds(in, start)) {
      throw corrupted("a header with a wrong checksum");
    }
  }

  private Frame read(ByteBuf in, int start, int length) {
    Optional<Company> company = Company.of(ByteBufUtil.getBytes(in, start, Company.LENGTH));
    Header header =
        new Header(
            company.orElseThrow(() -> corrupted("bytes that begin no XGT frame")),
            in.getUnsignedShortLE(start + 10),
            in.getUnsignedByte(start + 12),
            from,
            in.getUnsignedShortLE(start + 14),
            in.getUnsignedByte(start + 18));
    return new Frame(header, ByteBufUtil.getBytes(in, start + Header.LENGTH, length));
  }

  private CorruptedFrameException corrupted(String what) {
    lost = true;
    return new CorruptedFrameException(what);
  }
}
