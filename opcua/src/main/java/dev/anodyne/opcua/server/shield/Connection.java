package dev.anodyne.opcua.server.shield;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection as both gates know it. But for its end, only the connection's own network thread
 * touches it.
 */
final class Connection {
  private final ConnectionShield shield;
  private final Peer peer;
  private final TokenBucket units;
  private final TokenBucket newcomerUnits;
  private final AtomicBoolean ended = new AtomicBoolean();
  private int sessions;
  private long newcomerSinceNanos = System.nanoTime();
  private volatile boolean newcomer = true;

  Connection(ConnectionShield shield, Peer peer) {
    this.shield = shield;
    this.peer = peer;
    ShieldLimits.Rates rates = shield.limits().rates();
    long now = System.nanoTime();
    // Enough for a client's start: it browses, reads and subscribes to everything.
    units = new TokenBucket(rates.units(), 4 * rates.units(), now);
    newcomerUnits = new TokenBucket(rates.newcomerUnits(), 2 * rates.newcomerUnits(), now);
  }

  ConnectionShield shield() {
    return shield;
  }

  ShieldLimits limits() {
    return shield.limits();
  }

  Peer peer() {
    return peer;
  }

  /** True while nobody has logged in. */
  boolean isNewcomer() {
    return newcomer;
  }

  long newcomerSinceNanos() {
    return newcomerSinceNanos;
  }

  /** How long a message of so many bytes has to wait, ns; 0: it may pass, and is counted. */
  long pass(long bytes) {
    TokenBucket bucket = newcomer ? newcomerUnits : units;
    return bucket.take(1 + bytes / 4096.0, System.nanoTime());
  }

  /** A session is logged in. */
  void loggedIn() {
    sessions++;
    setNewcomer(false);
  }

  /** A session is logged out. */
  void loggedOut() {
    sessions = Math.max(0, sessions - 1);
    if (sessions == 0) {
      newcomerSinceNanos = System.nanoTime();
      setNewcomer(true);
    }
  }

  /** The connection is closed; its places are free again. */
  void end() {
    if (ended.compareAndSet(false, true)) {
      shield.addresses().leave(peer, newcomer);
    }
  }

  private void setNewcomer(boolean now) {
    if (now != newcomer && !ended.get()) {
      newcomer = now;
      shield.addresses().setNewcomer(peer, now);
    }
  }
}
