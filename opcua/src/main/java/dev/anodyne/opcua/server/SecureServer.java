package dev.anodyne.opcua.server;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.security.ServerCertificates;
import dev.anodyne.opcua.server.shield.ConnectionShield;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.sdk.server.Lifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OPC UA server that talks in secret: unless configured otherwise sessions need one of the three
 * present-day policies with SignAndEncrypt, a trusted client certificate and an identity. Without
 * security there is only discovery, which tells clients where to go. The deprecated policies
 * Basic128Rsa15 and Basic256 are never offered.
 *
 * <p>A server runs once: {@link #start} it, {@link #close} it, make a new one.
 */
public final class SecureServer implements AutoCloseable {
  private static final String PRODUCT_URI = "urn:anodyne";
  private static final Logger LOG = LoggerFactory.getLogger(SecureServer.class);

  /** How often it is looked for a renewed certificate. */
  private static final long RENEWAL_SECONDS = 5;

  private final SecureServerConfig config;
  private final ServerCertificates certificates;
  private final GuardedServer server;
  private final AccessRules access = new AccessRules();
  private final ItemGuard items;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ConnectionShield shield;
  private final List<Lifecycle> namespaces = new ArrayList<>();
  private volatile boolean stalled;
  private @Nullable ScheduledFuture<?> renewal;
  private volatile long refuseUntilNanos = System.nanoTime();

  public SecureServer(SecureServerConfig config) {
    this(config, NanoClock.SYSTEM);
  }

  /** The same with the clock by which wrong log-ins have to wait. */
  SecureServer(SecureServerConfig config, NanoClock loginClock) {
    this.config = config;
    MiloLimits limits = new MiloLimits(config.limits());
    this.shield = new ConnectionShield(limits.shield());
    AuditNotes notes = new AuditNotes(config.audit(), Clock.systemUTC());
    this.certificates =
        config.pki().serverCertificates((refused, why) -> notes.certificate(refused, why));
    OpcUaServerConfig serverConfig =
        OpcUaServerConfig.builder()
            .setApplicationName(LocalizedText.english(config.applicationName()))
            .setApplicationUri(config.pki().identity().uri())
            .setProductUri(PRODUCT_URI)
            .setBuildInfo(
                new BuildInfo(
                    PRODUCT_URI, "Anodyne", config.applicationName(), "0.1.0", "", DateTime.now()))
            .setEndpoints(ServerEndpoints.of(config, certificates::current))
            .setCertificateManager(certificates)
            .setIdentityValidator(
                new LoginValidator(
                    config.users(), new LoginThrottle(config.logins(), loginClock), notes))
            .setLimits(limits)
            .setEncodingLimits(limits.encoding())
            .setExecutor(shield.executor())
            .build();
    OpcTcpServerTransportConfig transport =
        OpcTcpServerTransportConfig.newBuilder()
            .setEventLoop(shield.eventLoop())
            .setExecutor(shield.executor())
            .setChannelPipelineCustomizer(this::onConnection)
            .build();
    this.server =
        new GuardedServer(serverConfig, profile -> new ServerTransport(transport, certificates));
    this.items = new ItemGuard(server, access, config.limits());
    new Guards(server, notes)
        .place(access, config.limits(), new SessionGuard(server, config.limits(), notes), items);
    shield.attach(server);
  }

  /**
   * Adds a charger's tags to the address space, until the server closes.
   *
   * @param chargerId first part of every node id
   * @param tags the tags to serve
   * @param narrowedRanges ranges that are narrower than the tag's own (a charger's name plate)
   * @param onWrite takes the accepted values of one write request, in tag types; called on a server
   *     thread, so it must not block
   */
  public TagNamespace addTags(
      String chargerId,
      Set<ChargerTag> tags,
      Map<ChargerTag, ValueRange> narrowedRanges,
      Consumer<Map<ChargerTag, Object>> onWrite) {
    return add(made -> new TagNamespace(made, chargerId, tags, narrowedRanges, onWrite));
  }

  /**
   * Adds nodes of any kind to the address space, until the server closes.
   *
   * @param maker makes them for the library's server
   * @return what was made, started
   */
  public <N extends Lifecycle> N add(Function<OpcUaServer, N> maker) {
    N made = maker.apply(server);
    made.startup();
    namespaces.add(made);
    return made;
  }

  /** Who may call, write and read what; namespaces add theirs. */
  public AccessRules access() {
    return access;
  }

  /** Changes the filters of event items, made or changed, before the library sees them. */
  public void eventFilters(UnaryOperator<ExtensionObject> change) {
    items.eventFilters(change);
  }

  /** What clients connect to. */
  public String endpointUrl() {
    return config.endpointUrl();
  }

  /** Certificate and trust folders. */
  public PkiDirectory pki() {
    return config.pki();
  }

  /**
   * Begins to listen.
   *
   * @throws PortInUseException when the port is taken or may not be used
   */
  public void start() {
    requireFreePort();
    try {
      server.startup().get();
      renewal =
          server
              .getScheduledExecutorService()
              .scheduleWithFixedDelay(
                  this::lookForRenewal, RENEWAL_SECONDS, RENEWAL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Start of the OPC UA server was interrupted.", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new PortInUseException(config.bindAddress(), config.port(), cause);
    }
  }

  /**
   * Cuts every connection and ends every session, and lets nobody in for a while.
   *
   * @param refuseFor how long new connections are closed at once; zero lets them in again right
   *     away
   */
  public void dropConnections(Duration refuseFor) {
    refuseUntilNanos = System.nanoTime() + refuseFor.toNanos();
    for (Session session : server.getSessionManager().getAllSessions()) {
      server.getSessionManager().killSession(session.getSessionId(), true);
    }
    channels.close();
  }

  /** What stands between the network and this server. */
  public ConnectionShield shield() {
    return shield;
  }

  /**
   * Keeps every connection open without reading from it, so that nothing is answered: a server that
   * hangs. What was read before is still answered.
   */
  public void stallConnections(boolean isStalled) {
    stalled = isStalled;
    channels.forEach(channel -> channel.config().setAutoRead(!isStalled));
  }

  /** Number of sessions that are logged in. */
  public int sessionCount() {
    return (int)
        server.getSessionManager().getAllSessions().stream()
            .filter(session -> session.getIdentity() != null)
            .count();
  }

  /** Stops listening and cuts every connection. */
  @Override
  public void close() {
    refuseUntilNanos = Long.MAX_VALUE / 2 + System.nanoTime() / 2;
    if (renewal != null) {
      renewal.cancel(false);
    }
    namespaces.forEach(Lifecycle::shutdown);
    try {
      server.shutdown().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("OPC UA server did not stop in order.", e);
    } finally {
      channels.close().awaitUninterruptibly();
      shield.close();
    }
  }

  private void onConnection(ChannelPipeline pipeline) {
    channels.add(pipeline.channel());
    pipeline.channel().config().setAutoRead(!stalled);
    pipeline.addFirst(new RemoteAddress());
    if (System.nanoTime() - refuseUntilNanos < 0) {
      pipeline.channel().close();
      return;
    }
    shield.guard(pipeline);
  }

  /** A renewed certificate counts for new connections; those that are open go on. */
  void lookForRenewal() {
    try {
      if (certificates.refresh()) {
        server.resetEndpointDescriptionCache();
      }
    } catch (PkiException e) {
      LOG.error("The server's certificate cannot be renewed: {}", e.getMessage());
    }
  }

  /** The library only logs a port it could not take: find out before it starts. */
  private void requireFreePort() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(config.bindAddress(), config.port()));
    } catch (IOException e) {
      throw new PortInUseException(config.bindAddress(), config.port(), e);
    }
  }
}
