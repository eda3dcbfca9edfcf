package dev.anodyne.opcua.server.shield;

/** What all connections of one address have in common. Guarded by its {@link AddressBook}. */
final class Peer {
  final TokenBucket opens;
  int connections;

  /** Connections on which nobody has logged in. */
  int newcomers;

  boolean loggingIn;

  Peer(TokenBucket opens) {
    this.opens = opens;
  }
}
