package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.security.PkiDirectory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.SessionActivityListener;
import org.eclipse.milo.opcua.sdk.client.UaSession;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/**
 * One session with a charger's server, from log-in to loss. It never repairs itself: a lost one is
 * closed and a new one is opened, so that nothing of the old (subscriptions, pending requests,
 * half-written commands) can reach into the new.
 */
final class ChargerConnection implements AutoCloseable {
  private final OpcUaClient client;
  private final OpcUaChargerConfig config;
  private final List<ChargerTag> readTags = new ArrayList<>();
  private final List<NodeId> readNodes = new ArrayList<>();
  private final Map<ChargerTag, TagBinding> bindings = new EnumMap<>(ChargerTag.class);
  private final Map<ChargerTag, NodeId> nodes = new EnumMap<>(ChargerTag.class);

  private ChargerConnection(OpcUaClient client, OpcUaChargerConfig config) {
    this.client = client;
    this.config = config;
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
    EndpointDescription endpoint = EndpointFinder.find(config);
    OpcUaClient client = ClientFactory.create(config, pki, endpoint);
    ChargerConnection connection = new ChargerConnection(client, config);
    boolean ready = false;
    try {
      connection.await(client.connectAsync(), "Log-in at " + config.endpointUrl() + " failed");
      client.addSessionActivityListener(
          new SessionActivityListener() {
            @Override
            public void onSessionInactive(UaSession session) {
              onLoss.run();
            }
          });
      connection.resolve(tags);
      ready = true;
      return connection;
    } finally {
      if (!ready) {
        // A client whose log-in failed would keep trying for ever.
        connection.close();
      }
    }
  }

  /** All tags' values in one request. */
  CompletableFuture<Map<ChargerTag, DataValue>> read() {
    return client
        .readValuesAsync(0.0, TimestampsToReturn.Source, readNodes)
        .orTimeout(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .thenApply(
            values -> {
              Map<ChargerTag, DataValue> byTag = new EnumMap<>(ChargerTag.class);
              for (int i = 0; i < readTags.size(); i++) {
                byTag.put(readTags.get(i), values.get(i));
              }
              return byTag;
            });
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
      nodeIds.add(node(tag));
      double raw = binding(tag).toRaw(values.getOrDefault(tag, Double.NaN));
      data.add(DataValue.valueOnly(new Variant(tag.type().fromDouble(raw))));
    }
    return client
        .writeValuesAsync(nodeIds, data)
        .orTimeout(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
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

  /** How a tag's raw numbers are to be read. */
  TagBinding binding(ChargerTag tag) {
    TagBinding binding = bindings.get(tag);
    if (binding == null) {
      throw new IllegalStateException("Tag " + tag.path() + " is not part of this connection.");
    }
    return binding;
  }

  /** Whether the charger has the tags of a heater or cooler. */
  boolean hasThermal() {
    return nodes.containsKey(ChargerTag.SETPOINT_HEAT);
  }

  /** Ends the session without waiting: the server may be gone. */
  @Override
  public void close() {
    var unused =
        client
            .disconnectAsync()
            .orTimeout(config.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(failure -> client);
  }

  private NodeId node(ChargerTag tag) {
    NodeId node = nodes.get(tag);
    if (node == null) {
      throw new IllegalStateException("Tag " + tag.path() + " is not part of this connection.");
    }
    return node;
  }

  private void resolve(Set<ChargerTag> tags) throws LinkException, InterruptedException {
    bindings.putAll(config.mapping().require(tags));
    nodes.putAll(await(NodeFinder.find(client, bindings), "Tags cannot be looked up").orThrow());
    Map<ChargerTag, TagBinding> thermal = config.mapping().known(ChargerTag.THERMAL);
    Map<ChargerTag, NodeId> present =
        await(NodeFinder.present(client, thermal), "Tags cannot be looked up");
    if (present.keySet().equals(ChargerTag.THERMAL)) {
      bindings.putAll(thermal);
      nodes.putAll(present);
    }
    nodes.forEach(
        (tag, node) -> {
          readTags.add(tag);
          readNodes.add(node);
        });
  }

  private <T> T await(CompletableFuture<T> future, String failure)
      throws LinkException, InterruptedException {
    try {
      return future.get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new LinkException(failure + ": " + Words.of(e) + ".", e);
    }
  }
}
