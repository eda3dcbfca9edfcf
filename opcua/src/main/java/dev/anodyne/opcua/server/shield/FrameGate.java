package dev.anodyne.opcua.server.shield;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.messages.ErrorMessage;
import org.eclipse.milo.opcua.stack.core.channel.messages.TcpMessageEncoder;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServerSymmetricHandler;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServiceRequestHandler;
import org.jspecify.annotations.Nullable;

/**
 * The first to see a connection's bytes. It hands on whole messages only, with all their chunks, in
 * memory of their own: what the library forgets to give back (1.1.2 keeps the chunks of messages
 * that are never finished) is garbage then, not a leak. It looks at the framing only (OPC 10000-6
 * §7.1, §6.7), reads no more while answers are owed or not taken, and looks at its clocks.
 */
final class FrameGate extends ByteToMessageDecoder {
  private static final int HEADER_BYTES = 8;

  /** The library takes an endpoint's address of 4096 bytes at most. */
  private static final int HELLO_BYTES = HEADER_BYTES + 20 + 4 + 4096;

  /** The smallest chunk of a message: headers and the type of its body. */
  private static final int SMALLEST_BYTES = 24;

  private static final long LOOK_MILLIS = 500;

  private static final int HEL = type('H', 'E', 'L');
  private static final int OPN = type('O', 'P', 'N');
  private static final int MSG = type('M', 'S', 'G');
  private static final int CLO = type('C', 'L', 'O');

  /** What may come next. */
  private enum Stage {
    HELLO,
    OPEN,
    TALK,
    CLOSING
  }

  private final Connection connection;
  private final ShieldLimits limits;
  private Stage stage = Stage.HELLO;
  private boolean secured;
  private int scanned;
  private int chunks;
  private int messageType;
  private final long sinceNanos = System.nanoTime();
  private long heardNanos = sinceNanos;
  private long partialSinceNanos;
  private long unreadSinceNanos;
  private boolean paused;
  private @Nullable RequestGate requests;
  private @Nullable ScheduledFuture<?> clock;
  private @Nullable ScheduledFuture<?> alarm;

  FrameGate(Connection connection) {
    this.connection = connection;
    this.limits = connection.limits();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    clock =
        ctx.executor()
            .scheduleWithFixedDelay(
                () -> look(ctx), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    stop();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    stage = Stage.CLOSING;
    stop();
    super.channelInactive(ctx);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    heardNanos = System.nanoTime();
    super.channelRead(ctx, message);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
    unreadSinceNanos = ctx.channel().isWritable() ? 0 : System.nanoTime();
    super.channelWritabilityChanged(ctx);
    if (ctx.channel().isWritable()) {
      resume(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (stage == Stage.CLOSING) {
      in.skipBytes(in.readableBytes());
      return;
    }
    while (in.readableBytes() - scanned >= HEADER_BYTES) {
      int at = in.readerIndex() + scanned;
      long length = in.getUnsignedIntLE(at + 4);
      char chunk = (char) in.getUnsignedByte(at + 3);
      Refusal refusal = judge(in.getMediumLE(at), chunk, length);
      if (refusal != null) {
        refuse(ctx, refusal);
        return;
      }
      if (in.readableBytes() - scanned < length) {
        break;
      }
      if (chunk != 'C') {
        finish(ctx, in, scanned + (int) length, out);
        return;
      }
      scanned += (int) length;
      chunks++;
    }
    if (partialSinceNanos == 0 && in.isReadable()) {
      partialSinceNanos = System.nanoTime();
    }
  }

  /** Looks at the header of a chunk, before the rest of it has come. */
  private @Nullable Refusal judge(int type, char chunk, long length) {
    boolean expected =
        switch (stage) {
          case HELLO -> type == HEL;
          case OPEN -> type == OPN || type == CLO;
          default -> type == OPN || type == MSG || type == CLO;
        };
    boolean first = scanned == 0;
    boolean fits = chunk == 'F' || (type == MSG || type == OPN) && (chunk == 'C' || chunk == 'A');
    if (!expected || !fits || !first && type != messageType) {
      return Refusal.NO_PROTOCOL;
    }
    messageType = type;
    if (length < (type == HEL ? HEADER_BYTES : SMALLEST_BYTES) && chunk != 'A'
        || length < HEADER_BYTES) {
      return Refusal.NO_PROTOCOL;
    }
    ShieldLimits.Messages most = limits.messages();
    long bytes =
        type == HEL
            ? HELLO_BYTES
            : connection.isNewcomer() || type == OPN ? most.newcomerBytes() : most.bytes();
    return scanned + length > bytes || chunks >= most.chunks() ? Refusal.TOO_LARGE : null;
  }

  /** A message is there as a whole. */
  private void finish(ChannelHandlerContext ctx, ByteBuf in, int bytes, List<Object> out) {
    boolean open = messageType == OPN;
    if (open || messageType == MSG) {
      Refusal refusal = open ? judgeOpening(in, bytes) : judgeContent(in);
      if (refusal != null) {
        refuse(ctx, refusal);
        return;
      }
      if (!maySendNow(ctx, bytes, open)) {
        return;
      }
    }
    ByteBuf message = Unpooled.buffer(bytes, bytes);
    in.readBytes(message, bytes);
    scanned = 0;
    chunks = 0;
    partialSinceNanos = 0;
    if (messageType == HEL) {
      stage = Stage.OPEN;
    } else if (open) {
      stage = Stage.TALK;
    } else if (messageType == CLO) {
      stage = Stage.CLOSING;
    } else if (requests == null) {
      requests = guardRequests(ctx);
    }
    out.add(message);
  }

  private @Nullable Refusal judgeOpening(ByteBuf in, int bytes) {
    int start = in.readerIndex();
    int first = (int) Math.min(bytes, in.getUnsignedIntLE(start + 4));
    OpenHeader header =
        OpenHeader.read(in, start, start + first, limits.messages().certificateBytes());
    if (header == null) {
      return Refusal.CERTIFICATES;
    }
    secured = header.isSecured();
    return null;
  }

  /** Without security it can be read what is asked for, before anything is made of it. */
  private @Nullable Refusal judgeContent(ByteBuf in) {
    return secured
            || !connection.shield().isDiscoveryOnly()
            || DiscoveryRequests.isOne(in, in.readerIndex() + SMALLEST_BYTES)
        ? null
        : Refusal.NOT_WITHOUT_SECURITY;
  }

  /** Whether a message may be handed on; if not, reading stops until it may. */
  private boolean maySendNow(ChannelHandlerContext ctx, int bytes, boolean open) {
    RequestGate gate = requests;
    if (!ctx.channel().isWritable() || gate != null && gate.isBusy()) {
      pause(ctx, 0);
      return false;
    }
    long wait = connection.pass(bytes);
    if (wait == 0 && open && secured) {
      wait = connection.shield().addresses().open(connection.peer());
    }
    if (wait > 0) {
      pause(ctx, wait);
      return false;
    }
    return true;
  }

  private @Nullable RequestGate guardRequests(ChannelHandlerContext ctx) {
    ChannelHandlerContext handler = ctx.pipeline().context(UascServiceRequestHandler.class);
    UascServerSymmetricHandler decoder = ctx.pipeline().get(UascServerSymmetricHandler.class);
    EncodingContext encoding = connection.shield().encodingContext();
    if (handler == null || decoder == null || encoding == null) {
      return null;
    }
    CheckedDecoder.install(decoder, encoding);
    RequestGate gate = new RequestGate(connection, () -> resume(ctx));
    ctx.pipeline().addBefore(handler.name(), "request-gate", gate);
    return gate;
  }

  private void pause(ChannelHandlerContext ctx, long nanos) {
    paused = true;
    partialSinceNanos = 0;
    ctx.channel().config().setAutoRead(false);
    if (nanos > 0 && alarm == null) {
      alarm =
          ctx.executor()
              .schedule(
                  () -> {
                    alarm = null;
                    resume(ctx);
                  },
                  nanos,
                  TimeUnit.NANOSECONDS);
    }
  }

  private void resume(ChannelHandlerContext ctx) {
    if (!paused || stage == Stage.CLOSING || ctx.isRemoved()) {
      return;
    }
    paused = false;
    ctx.channel().config().setAutoRead(true);
    try {
      // Takes up what has been read already.
      super.channelRead(ctx, Unpooled.EMPTY_BUFFER);
      super.channelReadComplete(ctx);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    long now = System.nanoTime();
    ShieldLimits.Times times = limits.times();
    RequestGate gate = requests;
    if (gate != null) {
      gate.forgetUnanswered(now);
    }
    if (stage == Stage.CLOSING) {
      ctx.close();
    } else if (stage != Stage.TALK && isOver(sinceNanos, times.handshake(), now)) {
      refuse(ctx, Refusal.NO_HANDSHAKE);
    } else if (connection.isNewcomer()
        && isOver(connection.newcomerSinceNanos(), times.logIn(), now)) {
      refuse(ctx, Refusal.NO_LOG_IN);
    } else if (partialSinceNanos != 0 && isOver(partialSinceNanos, times.message(), now)) {
      refuse(ctx, Refusal.UNFINISHED_MESSAGE);
    } else if (unreadSinceNanos != 0 && isOver(unreadSinceNanos, times.unread(), now)) {
      refuse(ctx, Refusal.UNREAD);
    } else if (!paused && isOver(heardNanos, times.idle(), now)) {
      refuse(ctx, Refusal.IDLE);
    }
  }

  private static boolean isOver(long sinceNanos, Duration limit, long now) {
    return now - sinceNanos > limit.toNanos();
  }

  private void refuse(ChannelHandlerContext ctx, Refusal why) {
    stage = Stage.CLOSING;
    connection.shield().refused(why, ctx.channel());
    if (!ctx.channel().isWritable()) {
      ctx.close();
      return;
    }
    try {
      ctx.writeAndFlush(TcpMessageEncoder.encode(new ErrorMessage(why.status(), why.text())))
          .addListener(ChannelFutureListener.CLOSE);
    } catch (UaException e) {
      ctx.close();
    }
  }

  private void stop() {
    if (clock != null) {
      clock.cancel(false);
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  private static int type(char a, char b, char c) {
    return a | b << 8 | c << 16;
  }
}
