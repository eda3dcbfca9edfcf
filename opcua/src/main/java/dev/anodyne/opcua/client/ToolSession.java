package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.security.PkiDirectory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/**
 * One session with any server, for integrators' tools: the same way in as a controller's, with the
 * same endpoint, certificates and log-in, so that what works here works there. It only looks; the
 * one thing that is ever written is no current, by {@link #writeZero}.
 */
public final class ToolSession implements AutoCloseable {
  private final OpcUaChargerConfig config;
  private final OpcUaClient client;
  private final Patience patience;

  private ToolSession(OpcUaChargerConfig config, OpcUaClient client, Patience patience) {
    this.config = config;
    this.client = client;
    this.patience = patience;
  }

  /**
   * A mapped node as it is on a server.
   *
   * @param node where it is; empty when it is not there
   * @param problem why not, in words; empty when it is
   */
  public record Located(Optional<NodeId> node, String problem) {}

  /**
   * How a charger took no current.
   *
   * @param written what was written, in tag units, in this order
   * @param problem what it refused, in words; empty when it took everything
   * @param nanos from the request to the answer, ns
   */
  public record ZeroWrite(Map<ChargerTag, Double> written, String problem, long nanos) {}

  /**
   * What the server offers, and what a controller would use of it. Nobody has to be trusted for
   * this question.
   *
   * @throws ToolException when the server does not answer or has no such endpoint
   */
  public static ServerOffer offer(OpcUaChargerConfig config) throws InterruptedException {
    try {
      return EndpointFinder.find(config);
    } catch (LinkException e) {
      throw new ToolException(e);
    }
  }

  /**
   * Connects and logs in.
   *
   * @throws ToolException when that fails
   */
  public static ToolSession open(OpcUaChargerConfig config, PkiDirectory pki, ServerOffer offer)
      throws InterruptedException {
    pki.refresh();
    Patience patience = new Patience(config.connectTimeout());
    try {
      OpcUaClient client = ClientFactory.connect(config, pki, offer);
      return new ToolSession(config, client, patience);
    } catch (LinkException e) {
      throw new ToolException(e);
    }
  }

  /** The library's client, connected. */
  public OpcUaClient client() {
    return client;
  }

  /**
   * An answer.
   *
   * @param failure what a failure is called, without a full stop
   * @throws ToolException when it fails or does not come in time
   */
  public <T> T await(CompletableFuture<T> answer, String failure) throws InterruptedException {
    try {
      return patience.await(answer, failure);
    } catch (LinkException e) {
      throw new ToolException(e);
    }
  }

  /**
   * Looks a mapped node up.
   *
   * @param name what it is called in messages
   */
  public Located locate(NodeAddress address, String name) throws InterruptedException {
    NodeFinder.Found found =
        await(
            NodeFinder.find(client, List.of(new NodeFinder.Wanted(address, name))),
            "Tags cannot be looked up");
    return new Located(Optional.ofNullable(found.nodes().get(address)), found.problem());
  }

  /** What does not fit between a mapping and the server's own unit; empty when nothing. */
  public String unitProblem(ChargerTag tag, TagBinding binding, NodeId node)
      throws InterruptedException {
    return await(
        NodeCheck.units(client, List.of(new NodeCheck.Measured(tag, binding, node))),
        "Units cannot be looked up");
  }

  /** The name of a status code, for example {@code Bad_OutOfRange}. */
  public static String nameOf(StatusCode status) {
    return Words.nameOf(status);
  }

  /**
   * Writes no current, once, in a session of its own and exactly as a controller does.
   *
   * @throws ToolException when the charger cannot be commanded at all
   */
  public static ZeroWrite writeZero(OpcUaChargerConfig config, PkiDirectory pki)
      throws InterruptedException {
    try (ChargerConnection connection =
        ChargerConnection.open(config, pki, ChargerTag.CHARGER, () -> {})) {
      Map<ChargerTag, Double> values =
          SetpointWriter.values(CurrentCommand.zero(System.nanoTime()), 0);
      SetpointWriter.keep(values, connection.writable());
      long begin = System.nanoTime();
      Map<ChargerTag, StatusCode> refused =
          new Patience(config.requestTimeout())
              .await(connection.write(values), "Writing no current failed");
      long nanos = System.nanoTime() - begin;
      return new ZeroWrite(
          Collections.unmodifiableMap(new LinkedHashMap<>(values)),
          SetpointWriter.problem(values, refused),
          nanos);
    } catch (LinkException e) {
      throw new ToolException(e);
    }
  }

  /** Logs out, waiting for it at most as long as for any answer. */
  @Override
  public void close() {
    var unused = ClientFactory.disconnect(client, config.requestTimeout()).join();
  }
}
