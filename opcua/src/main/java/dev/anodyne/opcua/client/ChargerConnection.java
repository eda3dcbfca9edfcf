package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.WireType;
import dev.anodyne.opcua.security.PkiDirectory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One session with a charger's server, from log-in to loss. It never repairs itself: a lost one is
 * closed and a new one is opened, so that nothing of the old (subscriptions, pending requests,
 * half-written commands) can reach into the new.
 */
final class ChargerConnection implements AutoCloseable {
  /** Three quarters of {@link dev.anodyne.opcua.model.ChargerLink#CUT}. */
  private static final long LOOK_MILLIS = 75;

  private final OpcUaChargerConfig config;
  private final OpcUaClient client;
  private final AtomicReference<@Nullable Channel> channel;
  private final TagPlan plan;
  private final ChargerNodes nodes;
  private final TagReader reader;
  private final X509Certificate certificate;
  private final ClientResources.Place place;

  private ChargerConnection(
      OpcUaChargerConfig config,
      OpcUaClient client,
      AtomicReference<@Nullable Channel> channel,
      TagPlan plan,
      ChargerNodes nodes,
      X509Certificate certificate,
      ClientResources.Place place) {
    this.place = place;
    this.config = config;
    this.client = client;
    this.channel = channel;
    this.plan = plan;
    this.nodes = nodes;
    this.certificate = certificate;
    this.reader =
        new TagReader(plan, nodes.types().get(ChargerTag.SETPOINT_CURRENT), NanoClock.SYSTEM);
  }

  /**
   * Connects, logs in and finds the nodes. Blocks for at most a few times the connect time-out.
   *
   * @param onLoss called once when the session is lost, on a thread of the library: must not block
   * @throws LinkException when any of it fails, with the reason in words
   */
  static ChargerConnection open(
      OpcUaChargerConfig config, PkiDirectory pki, Set<ChargerTag> tags, Runnable onLoss)
      throws LinkException, InterruptedException {
    ChargerConnection connection = openInTurn(config, pki, tags, onLoss, false);
    connection.settled();
    return connection;
  }

  /**
   * The same, but it keeps its place among those that connect until it is {@link #settled}. Who
   * does not answer to discovery takes no place there.
   *
   * @param again whether nobody answered the last time
   */
  static ChargerConnection openInTurn(
      OpcUaChargerConfig config,
      PkiDirectory pki,
      Set<ChargerTag> tags,
      Runnable onLoss,
      boolean again)
      throws LinkException, InterruptedException {
    pki.refresh();
    X509Certificate certificate = pki.certificate();
    ServerOffer offer = EndpointFinder.find(config, again);
    AtomicReference<@Nullable Channel> channel = new AtomicReference<>();
    ClientResources.Place place = ClientResources.awaitTurn();
    @Nullable OpcUaClient client = null;
    boolean ready = false;
    try {
      client = logIn(config, pki, offer, channel);
      client.addSessionActivityListener(
          new SessionActivityListener() {
            @Override
            public void onSessionInactive(UaSession session) {
              onLoss.run();
            }
          });
      Patience patience = new Patience(config.connectTimeout());
      TagPlan plan = new TagPlan(config.mapping(), withThermal(client, config, tags, patience));
      ChargerNodes nodes = ChargerNodes.find(client, plan, patience);
      ChargerConnection connection =
          new ChargerConnection(config, client, channel, plan, nodes, certificate, place);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        place.giveBack();
        EndpointFinder.forget(config);
        if (client != null) {
          var unused = ClientFactory.disconnect(client, config.requestTimeout());
        }
      }
    }
  }

  private static OpcUaClient logIn(
      OpcUaChargerConfig config,
      PkiDirectory pki,
      ServerOffer offer,
      AtomicReference<@Nullable Channel> channel)
      throws LinkException, InterruptedException {
    long begin = System.nanoTime();
    try {
      return ClientFactory.connect(config, pki, offer, transport -> customize(transport, channel));
    } finally {
      ClientResources.tookToLogIn(System.nanoTime() - begin);
    }
  }

  /** All is set up: the next one may connect. */
  void settled() {
    place.giveBack();
  }

  /** Adds heater and cooler where the charger has them: all their tags, or it has neither. */
  private static Set<ChargerTag> withThermal(
      OpcUaClient client, OpcUaChargerConfig config, Set<ChargerTag> tags, Patience patience)
      throws LinkException, InterruptedException {
    Map<ChargerTag, TagBinding> thermal = config.mapping().known(ChargerTag.THERMAL);
    EnumSet<ChargerTag> all = EnumSet.copyOf(tags);
    if (!config.mapping().thermalIfPresent()) {
      all.addAll(thermal.keySet());
      return all;
    }
    List<NodeAddress> addresses = thermal.values().stream().map(TagBinding::address).toList();
    Set<NodeAddress> present =
        patience.await(NodeFinder.present(client, addresses), "Tags cannot be looked up");
    if (thermal.keySet().equals(ChargerTag.THERMAL) && present.containsAll(addresses)) {
      all.addAll(ChargerTag.THERMAL);
    }
    return all;
  }

  /**
   * Keeps the channel at hand for {@link #cut}. Closing throws away what has not been sent: a
   * set-point that the network held back must not arrive later.
   */
  private static void customize(
      OpcTcpClientTransportConfigBuilder transport, AtomicReference<@Nullable Channel> channel) {
    transport.setChannelPipelineCustomizer(pipeline -> channel.set(pipeline.channel()));
    transport.setBootstrapCustomizer(bootstrap -> bootstrap.option(ChannelOption.SO_LINGER, 0));
  }

  /** The application certificate that this session began with. */
  X509Certificate certificate() {
    return certificate;
  }

  /** All nodes' values in one request. */
  CompletableFuture<List<DataValue>> read() {
    return client
        .readValuesAsync(0.0, TimestampsToReturn.Source, nodes.read())
        .orTimeout(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Makes tag values of this session's answers. */
  TagReader reader() {
    return reader;
  }

  /**
   * Has the server send what changes, from now until the session ends. Blocks for a few requests.
   *
   * @param period how often
   * @throws LinkException when the server cannot do it
   */
  void subscribe(Duration period, TagSubscription.Listener listener) throws LinkException {
    TagSubscription.open(
        client, plan, nodes.read(), period, config.staleness(), config.requestTimeout(), listener);
  }

  /**
   * Writes values in one request, in the order of the map.
   *
   * @return what the server refused, by tag; empty when it took everything
   */
  CompletableFuture<Map<ChargerTag, StatusCode>> write(Map<ChargerTag, Double> values) {
    List<ChargerTag> tags = new ArrayList<>(values.keySet());
    List<NodeId> nodeIds = new ArrayList<>();
    List<DataValue> data = new ArrayList<>();
    for (ChargerTag tag : tags) {
      nodeIds.add(of(nodes.written(), tag));
      TagBinding binding = of(plan.bindings(), tag);
      try {
        Object wire = binding.toWire(values.getOrDefault(tag, Double.NaN), of(nodes.types(), tag));
        data.add(DataValue.valueOnly(new Variant(wire)));
      } catch (IllegalArgumentException e) {
        return CompletableFuture.failedFuture(e);
      }
    }
    return confirmed(client.writeValuesAsync(nodeIds, data))
        .thenApply(
            statuses -> {
              Map<ChargerTag, StatusCode> refused = new EnumMap<>(ChargerTag.class);
              for (int i = 0; i < tags.size(); i++) {
                if (!statuses.get(i).isGood()) {
                  refused.put(tags.get(i), statuses.get(i));
                }
              }
              return refused;
            });
  }

  /**
   * Writes the heartbeat.
   *
   * @param count its new value
   * @return how the server took it
   */
  CompletableFuture<StatusCode> feed(long count) {
    ChargerNodes.Feed feed = nodes.feed().orElseThrow();
    WireType type = feed.type();
    return confirmed(
            client.writeValuesAsync(
                List.of(feed.node()),
                List.of(DataValue.valueOnly(new Variant(type.atMost(count))))))
        .thenApply(statuses -> statuses.get(0));
  }

  /** Whether the charger has the tags of a heater or cooler. */
  boolean hasThermal() {
    return nodes.written().containsKey(ChargerTag.SETPOINT_HEAT);
  }

  /** The tags that can be written. */
  Set<ChargerTag> writable() {
    return nodes.written().keySet();
  }

  /** Drops the connection with everything that is still on its way, without waiting. */
  void cut() {
    Channel open = channel.get();
    if (open != null) {
      open.close();
    }
  }

  /** Ends the session without waiting: the server may be gone. */
  @Override
  public void close() {
    place.giveBack();
    var unused = ClientFactory.disconnect(client, config.requestTimeout());
  }

  /**
   * An answer that comes in time. When its time is over it may lie here already: a process that was
   * stopped for its garbage finds the answer and the alarm together, and must not cut all of its
   * connections for that. The short time to look is part of what a link reserves for the cut.
   */
  private <T> CompletableFuture<T> confirmed(CompletableFuture<T> answer) {
    CompletableFuture<T> timed = answer.copy();
    CompletableFuture.delayedExecutor(confirmMillis(), TimeUnit.MILLISECONDS, Runnable::run)
        .execute(
            () -> {
              if (!timed.isDone()) {
                var unused = timed.orTimeout(LOOK_MILLIS, TimeUnit.MILLISECONDS);
              }
            });
    return timed;
  }

  private long confirmMillis() {
    return config.mapping().link().confirmWithin().orElse(config.requestTimeout()).toMillis();
  }

  private static <T> T of(Map<ChargerTag, T> map, ChargerTag tag) {
    return Objects.requireNonNull(
        map.get(tag), () -> "Tag " + tag.path() + " is not part of this connection.");
  }
}
