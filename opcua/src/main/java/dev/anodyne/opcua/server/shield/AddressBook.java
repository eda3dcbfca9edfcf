package dev.anodyne.opcua.server.shield;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what comes from where. An address is forgotten when nothing of it is left to count. */
final class AddressBook {
  /** What an address may open at once after a rest, in seconds of its rate. */
  private static final double BURST_SECONDS = 2;

  /** Addresses that are gone are looked for when there are more than this. */
  private static final int MANY = 256;

  private final ShieldLimits limits;
  private final Map<InetAddress, Peer> peers = new HashMap<>();
  private int connections;
  private int logIns;

  AddressBook(ShieldLimits limits) {
    this.limits = limits;
  }

  /** Counts a new connection; null when it is one too many. */
  synchronized @Nullable Peer enter(InetAddress address) {
    long now = System.nanoTime();
    if (peers.size() > MANY) {
      peers.values().removeIf(p -> p.connections == 0 && p.opens.isFull(now));
    }
    double rate = limits.rates().opens();
    Peer peer =
        peers.computeIfAbsent(
            address, a -> new Peer(new TokenBucket(rate, BURST_SECONDS * rate, now)));
    ShieldLimits.Connections most = limits.connections();
    if (connections >= most.total()
        || peer.connections >= most.perAddress()
        || peer.newcomers >= most.newcomersPerAddress()) {
      return null;
    }
    connections++;
    peer.connections++;
    peer.newcomers++;
    return peer;
  }

  /** A connection ends. */
  synchronized void leave(Peer peer, boolean newcomer) {
    connections--;
    peer.connections--;
    if (newcomer) {
      peer.newcomers--;
    }
  }

  /** Somebody has logged in on a connection, or the last one has logged out. */
  synchronized void setNewcomer(Peer peer, boolean newcomer) {
    peer.newcomers += newcomer ? 1 : -1;
  }

  /** Whether a secure channel may be opened: 0, or how long to wait, ns. */
  synchronized long open(Peer peer) {
    return peer.opens.take(1, System.nanoTime());
  }

  /** Begins to check a log-in, if its turn has come. */
  synchronized boolean beginLogIn(Peer peer) {
    if (peer.loggingIn || logIns >= limits.rates().logIns()) {
      return false;
    }
    peer.loggingIn = true;
    logIns++;
    return true;
  }

  synchronized void endLogIn(Peer peer) {
    peer.loggingIn = false;
    logIns--;
  }

  synchronized int connections() {
    return connections;
  }
}
