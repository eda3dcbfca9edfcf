package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.ChannelSecurity;
import dev.anodyne.opcua.server.ServerLimits;
import dev.anodyne.opcua.server.shield.ConnectionShield;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A station of a few chargers that measure ten times a second, with a client that has logged in.
 */
public final class StationUnderAttack implements AutoCloseable {
  public static final String OPERATOR = StationBench.OPERATOR;
  public static final String CHARGER = "CH01";

  private static final String[] CHARGERS = {CHARGER, "CH02", "CH03"};
  private static final long PERIOD_MILLIS = 100;

  private final StationBench bench;
  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

  /** A station as it is configured by default. */
  public StationUnderAttack(Path directory) throws Exception {
    this(directory, ChannelSecurity.DEFAULT, null, ServerLimits.DEFAULT);
  }

  private StationUnderAttack(
      Path directory, ChannelSecurity security, @Nullable Role anybody, ServerLimits limits)
      throws Exception {
    Clock clock = Clock.systemUTC();
    bench =
        new StationBench(
            directory,
            clock,
            () -> Snapshots.heard(clock.instant()),
            new UserDirectory(
                Map.of(OPERATOR, UserAccount.withPassword(Role.ADMIN, StationBench.HASH)), anybody),
            (user, action) -> true,
            config -> config.with(security).with(limits),
            CHARGERS);
    var unused =
        loop.scheduleAtFixedRate(
            () -> {
              for (String charger : CHARGERS) {
                bench.server.publish(Snapshots.charging(charger, Instant.now()));
              }
            },
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** One that also talks without security, with anybody, who may do what an operator may. */
  public static StationUnderAttack open(Path directory) throws Exception {
    return open(directory, ServerLimits.DEFAULT);
  }

  /** The same with other limits. */
  public static StationUnderAttack open(Path directory, ServerLimits limits) throws Exception {
    List<ChannelPolicy> policies = List.of(ChannelPolicy.BASIC256_SHA256, ChannelPolicy.NONE);
    return new StationUnderAttack(
        directory, new ChannelSecurity(policies, false, false), Role.OPERATOR, limits);
  }

  public String url() {
    return bench.server.endpointUrl();
  }

  public int port() {
    return URI.create(url()).getPort();
  }

  /** The client that must not notice anything. */
  public OpcUaClient client() {
    return bench.client;
  }

  public NodeId node(String id) {
    return bench.node(id);
  }

  /** A method of the types' namespace. */
  public NodeId type(String id) {
    return bench.type(id);
  }

  /** Another client that may log in, with an application of its own. */
  public OpcUaClient connect(String user) throws Exception {
    return bench.connect(user);
  }

  /** What the controller answers to commands from now on. */
  public void answer(Function<StationCommand, CompletionStage<CommandAnswer>> answer) {
    bench.answer = answer;
  }

  /** An answer that says yes. */
  public static CommandAnswer yes() {
    return CommandAnswer.accepted("Done.");
  }

  public ConnectionShield shield() {
    return bench.server.server().shield();
  }

  public OpcUaServer library() {
    return bench.server.namespace().getNodeContext().getServer();
  }

  public int sessions() {
    return library().getSessionManager().getAllSessions().size();
  }

  public List<?> subscriptions() {
    return List.copyOf(library().getSubscriptions().values());
  }

  @Override
  public void close() {
    loop.shutdownNow();
    bench.close();
  }
}
