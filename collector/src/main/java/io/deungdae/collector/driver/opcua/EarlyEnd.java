package io.deungdae.collector.driver.opcua;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.transport.client.uasc.UascClientMessageHandler;

/**
 * Tells the library when the other side hangs up before it has answered the first message, as a
 * proxy does for a server that is down. By itself the library waits for the answer until its
 * time-out, and a server that is back meanwhile waits with it. The last handler of a connection.
 */
final class EarlyEnd extends ChannelInboundHandlerAdapter {

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    boolean answered = context.pipeline().get(UascClientMessageHandler.class) != null;
    if (!answered) {
      context
          .pipeline()
          .fireExceptionCaught(
              new UaException(StatusCodes.Bad_ConnectionClosed, "the server hung up"));
    }
    context.fireChannelInactive();
  }
}
