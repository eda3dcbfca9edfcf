package dev.anodyne.opcua.server.shield;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.CloseSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guards the connections of one server: put it into the pipeline of every connection, tell it the
 * server, and close it with the server. A server that is guarded has network threads of its own:
 * what floods it does not hold up this process's own connections to chargers.
 */
public final class ConnectionShield implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionShield.class);

  /** The same refusal is told in the log at most this often. */
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final int NETWORK_THREADS = 2;

  /** A thread that answers requests ends when it has had nothing to do for so long. */
  private static final long REST_SECONDS = 1;

  /** Answers that a client has not read: from here on nothing more is read from it, bytes. */
  private static final int UNREAD_BYTES = 1 << 20;

  private final ShieldLimits limits;
  private final AddressBook addresses;
  private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
  private final Map<Refusal, Long> told = new EnumMap<>(Refusal.class);
  private final AtomicInteger calls = new AtomicInteger();
  private final EventLoopGroup eventLoop;
  private final ExecutorService executor;
  private volatile @Nullable OpcUaServer server;
  private volatile @Nullable OrphanKeeper orphans;
  private volatile boolean discoveryOnly = true;

  public ConnectionShield(ShieldLimits limits) {
    this.limits = limits;
    this.addresses = new AddressBook(limits);
    for (Refusal refusal : Refusal.values()) {
      refusals.put(refusal, new LongAdder());
    }
    eventLoop =
        new MultiThreadIoEventLoopGroup(
            NETWORK_THREADS,
            new DefaultThreadFactory("opcua-server", true),
            NioIoHandler.newFactory());
    // As many threads as requests are being answered, which the gates bound.
    executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            REST_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("opcua-requests", true));
  }

  /** The threads that serve the network; they end with {@link #close}. */
  public EventLoopGroup eventLoop() {
    return eventLoop;
  }

  /** The threads that answer requests; they end with {@link #close}. */
  public ExecutorService executor() {
    return executor;
  }

  /** Tells it the server whose connections it guards, before that listens. */
  public void attach(OpcUaServer guarded) {
    server = guarded;
    discoveryOnly =
        guarded.getConfig().getEndpoints().stream()
            .noneMatch(
                e ->
                    e.getSecurityPolicy() == SecurityPolicy.None
                        && !e.getPath().endsWith("/discovery"));
    orphans = new OrphanKeeper(guarded, limits.connections().orphans());
  }

  /** Guards a connection; it is closed when it is one too many. */
  public void guard(ChannelPipeline pipeline) {
    Channel channel = pipeline.channel();
    if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      channel.close();
      return;
    }
    Peer peer = addresses.enter(remote.getAddress());
    if (peer == null) {
      refused(Refusal.TOO_MANY_CONNECTIONS, channel);
      channel.close();
      return;
    }
    channel
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(UNREAD_BYTES / 4, UNREAD_BYTES));
    Connection connection = new Connection(this, peer);
    channel.closeFuture().addListener(closed -> connection.end());
    pipeline.addFirst("frame-gate", new FrameGate(connection));
  }

  /** Connections at this moment. */
  public int connections() {
    return addresses.connections();
  }

  /** How often something was refused for a reason, since the start. */
  public long refusals(Refusal why) {
    LongAdder count = refusals.get(why);
    return count == null ? 0 : count.sum();
  }

  @Override
  public void close() {
    OrphanKeeper keeper = orphans;
    if (keeper != null) {
      keeper.close();
    }
    executor.shutdown();
    eventLoop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
  }

  ShieldLimits limits() {
    return limits;
  }

  AddressBook addresses() {
    return addresses;
  }

  /** Calls and writes that are being answered, of all connections. */
  AtomicInteger calls() {
    return calls;
  }

  /** True when a channel without security may only ask for endpoints. */
  boolean isDiscoveryOnly() {
    return discoveryOnly;
  }

  @Nullable EncodingContext encodingContext() {
    OpcUaServer guarded = server;
    return guarded == null ? null : guarded.getStaticEncodingContext();
  }

  /** Counts a refusal and tells it in the log now and then. */
  void refused(Refusal why, Channel channel) {
    LongAdder count = refusals.get(why);
    if (count == null) {
      return;
    }
    count.increment();
    synchronized (told) {
      long now = System.nanoTime();
      Long last = told.get(why);
      if (last != null && now - last < TELL_NANOS) {
        return;
      }
      told.put(why, now);
    }
    LOG.warn("{}: {} ({} times so far)", channel.remoteAddress(), why.text(), count.sum());
  }

  /** Ends sessions that were created and never logged in: they hold places. Any thread. */
  void dropUnclaimed(Map<NodeId, ServiceRequestContext> sessions) {
    OpcUaServer guarded = server;
    if (guarded == null || sessions.isEmpty()) {
      return;
    }
    Map<NodeId, ServiceRequestContext> copy = Map.copyOf(sessions);
    try {
      executor.execute(() -> copy.forEach((token, context) -> drop(guarded, token, context)));
    } catch (RejectedExecutionException e) {
      LOG.debug("The server stops: its sessions end with it.");
    }
  }

  private static void drop(OpcUaServer guarded, NodeId token, ServiceRequestContext context) {
    RequestHeader header =
        new RequestHeader(token, DateTime.now(), uint(0), uint(0), null, uint(0), null);
    try {
      guarded.getSessionManager().closeSession(new CloseSessionRequest(header, true), context);
    } catch (UaException e) {
      LOG.debug("A session that nobody logged in to is gone already: {}", e.getMessage());
    }
  }
}
