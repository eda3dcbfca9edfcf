package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.shield.ConnectionShield;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

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

  public StationUnderAttack(Path directory) throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), CHARGERS);
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
