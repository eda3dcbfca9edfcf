package dev.anodyne.opcua.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Remembers where the bytes came from that a network thread is working on: whoever judges a
 * certificate is not told, and the note of a refusal should say it.
 */
final class RemoteAddress extends ChannelInboundHandlerAdapter {
  private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

  /** The address, while a message is worked on by this thread; null otherwise. */
  static @Nullable String current() {
    return CURRENT.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (ctx.channel().remoteAddress() instanceof InetSocketAddress remote) {
      CURRENT.set(remote.getAddress().getHostAddress());
    }
    try {
      ctx.fireChannelRead(message);
    } finally {
      CURRENT.remove();
    }
  }
}
