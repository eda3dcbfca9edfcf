package dev.anodyne.opcua.server;

import java.util.Optional;

/**
 * What clients may make a server keep or do. The library leaves most of it open by itself. Defaults
 * suit a station with some dozens of chargers and a few clients; larger ones say so.
 */
public enum ServerLimit {
  SESSIONS("sessions", 50, 1, 10_000, "sessions at once"),
  SESSIONS_PER_USER("sessionsPerUser", 20, 1, 10_000, "sessions of one user at once"),
  SESSION_TIMEOUT_SECONDS(
      "sessionTimeoutSeconds", 60, 5, 3_600, "longest time that a silent session is kept, s"),
  CONNECTIONS("connections", 200, 1, 10_000, "TCP connections at once"),
  CONNECTIONS_PER_ADDRESS(
      "connectionsPerAddress", 100, 1, 10_000, "connections from one address, loopback too"),
  HANDSHAKE_SECONDS("handshakeSeconds", 10, 1, 120, "from the connection to its secure channel, s"),
  LOGIN_SECONDS("loginSeconds", 30, 1, 300, "from the connection to a log-in, s"),
  REQUESTS("requests", 16, 1, 1_000, "requests of one connection at once; more wait their turn"),
  SUBSCRIPTIONS("subscriptions", 200, 1, 100_000, "subscriptions at once"),
  SUBSCRIPTIONS_PER_SESSION("subscriptionsPerSession", 20, 1, 10_000, "of them in one session"),
  SUBSCRIPTION_LIFETIME_SECONDS(
      "subscriptionLifetimeSeconds",
      600,
      10,
      86_400,
      "longest time that a subscription lives without its client, s"),
  MONITORED_ITEMS("monitoredItems", 50_000, 1, 10_000_000, "monitored items at once"),
  MONITORED_ITEMS_PER_SESSION(
      "monitoredItemsPerSession", 5_000, 1, 1_000_000, "of them in one session"),
  QUEUE_SIZE("queueSize", 100, 1, 10_000, "values that one item may queue up"),
  EVENT_QUEUE_SIZE("eventQueueSize", 1_000, 1, 10_000, "events that one item may queue up"),
  PUBLISH_REQUESTS("publishRequests", 64, 1, 1_000, "waiting publish requests of one session"),
  PUBLISHING_INTERVAL_MILLIS(
      "publishingIntervalMillis", 20, 10, 60_000, "shortest publishing interval, ms"),
  MESSAGE_BYTES("messageBytes", 524_288, 65_536, 67_108_864, "longest message, bytes"),
  CHUNK_BYTES("chunkBytes", 65_535, 8_196, 1_048_576, "longest part of a message, bytes"),
  ARRAY_LENGTH("arrayLength", 10_000, 16, 1_000_000, "elements of an array that is sent here"),
  STRING_LENGTH("stringLength", 16_384, 64, 1_000_000, "characters or bytes of a text sent here"),
  NODES_PER_READ("nodesPerRead", 1_000, 1, 100_000, "nodes of one read"),
  NODES_PER_WRITE("nodesPerWrite", 1_000, 1, 100_000, "nodes of one write"),
  NODES_PER_BROWSE(
      "nodesPerBrowse", 500, 1, 100_000, "nodes of one browse, translation or registration"),
  NODES_PER_CALL("nodesPerCall", 50, 1, 10_000, "methods of one call"),
  NODES_PER_HISTORY_READ("nodesPerHistoryRead", 100, 1, 10_000, "variables of one history read"),
  HISTORY_VALUES("historyValues", 1_000, 10, 100_000, "values of a variable in one answer"),
  ITEMS_PER_REQUEST(
      "itemsPerRequest", 1_000, 1, 100_000, "monitored items of one request to make or change"),
  CONTINUATION_POINTS("continuationPoints", 50, 1, 1_000, "unfinished browses of one session");

  private final String key;
  private final int usual;
  private final int least;
  private final int most;
  private final String meaning;

  ServerLimit(String key, int usual, int least, int most, String meaning) {
    this.key = key;
    this.usual = usual;
    this.least = least;
    this.most = most;
    this.meaning = meaning;
  }

  /** As it is written in a configuration. */
  public String key() {
    return key;
  }

  /** Its value unless configured otherwise. */
  public int usual() {
    return usual;
  }

  /** The smallest value that can be configured. */
  public int least() {
    return least;
  }

  /** The largest value that can be configured. */
  public int most() {
    return most;
  }

  /** What is limited, for people. */
  public String meaning() {
    return meaning;
  }

  /** The limit that is written like this. */
  public static Optional<ServerLimit> of(String key) {
    for (ServerLimit limit : values()) {
      if (limit.key.equals(key)) {
        return Optional.of(limit);
      }
    }
    return Optional.empty();
  }
}
