package dev.anodyne.opcua.server.shield;

import java.time.Duration;

/**
 * How much a server lets happen at once. What is too much is refused; what is merely too fast is
 * read later, so that the sender waits.
 *
 * @param connections how many connections there may be
 * @param times how long things may take
 * @param messages how large and how many messages may be
 * @param rates how fast they may come
 */
public record ShieldLimits(Connections connections, Times times, Messages messages, Rates rates) {

  /**
   * Numbers of TCP connections. Loopback counts like any other address.
   *
   * @param total all together
   * @param perAddress from one address
   * @param newcomersPerAddress from one address on which nobody has logged in (yet)
   * @param opening sessions that one connection may create before one of them is logged in
   * @param orphans subscriptions that may outlive their session, of all clients together
   */
  public record Connections(
      int total, int perAddress, int newcomersPerAddress, int opening, int orphans) {
    public Connections {
      require(total, "connections");
      require(perAddress, "connections of an address");
      require(newcomersPerAddress, "new connections of an address");
      require(opening, "sessions that are being opened");
      require(orphans, "subscriptions without a session");
    }
  }

  /**
   * Times after which a connection is closed.
   *
   * @param handshake from the connection to the secure channel
   * @param logIn from the connection, or the end of its last session, to a session that is logged
   *     in; discovery has to be done by then, too
   * @param message from the first byte of a message to its last
   * @param idle without a byte from the client
   * @param unread without the client reading what was sent
   */
  public record Times(
      Duration handshake, Duration logIn, Duration message, Duration idle, Duration unread) {}

  /**
   * Sizes and numbers of messages of one connection.
   *
   * @param newcomerBytes bytes of one message before anybody has logged in
   * @param bytes bytes of one message after that
   * @param chunks chunks of one message
   * @param certificateBytes bytes of the certificates that open a secure channel
   * @param requests requests that are being answered; more are read later
   * @param publishes Publish requests that wait for news; more are refused
   * @param calls calls and writes that are being answered; more are refused
   * @param callsOfAll the same of all connections together
   */
  public record Messages(
      int newcomerBytes,
      int bytes,
      int chunks,
      int certificateBytes,
      int requests,
      int publishes,
      int calls,
      int callsOfAll) {
    public Messages {
      require(newcomerBytes, "bytes of a first message");
      require(bytes, "bytes of a message");
      require(chunks, "chunks");
      require(requests, "requests");
      require(publishes, "Publish requests");
      require(calls, "calls");
      require(callsOfAll, "calls of all");
    }
  }

  /**
   * Speeds, each with what may come at once after a rest. A message counts as one unit and one more
   * for every 4 KiB.
   *
   * @param units units a second of a connection that has logged in
   * @param newcomerUnits units a second of one that has not
   * @param opens secure channels a second of one address that need a private-key operation
   * @param logIns log-ins that are checked at the same time, of all addresses; one of each address
   * @param refreshes refreshes of all alarms a second of one connection
   */
  public record Rates(
      double units, double newcomerUnits, double opens, int logIns, double refreshes) {
    public Rates {
      require(logIns, "log-ins at the same time");
    }
  }

  /** Limits that keep a small machine responsive and no known client waiting. */
  public static final ShieldLimits SAFE =
      new ShieldLimits(
          new Connections(200, 100, 32, 4, 20),
          new Times(
              Duration.ofSeconds(10),
              Duration.ofSeconds(30),
              Duration.ofSeconds(10),
              Duration.ofSeconds(120),
              Duration.ofSeconds(10)),
          new Messages(64 << 10, 512 << 10, 16, 8 << 10, 16, 64, 4, 32),
          new Rates(500, 50, 20, 2, 1));

  private static void require(int value, String what) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "Limit of " + what + " is " + value + ", allowed: 1 and more.");
    }
  }
}
