package dev.anodyne.opcua.server.audit;

/**
 * Takes note of what happened. Called on server threads, some of them the network's: it must return
 * at once, and must not throw. What takes longer belongs behind an {@link AuditQueue}.
 */
@FunctionalInterface
public interface AuditTrail {
  /** Keeps nothing. */
  AuditTrail NONE = entry -> {};

  /** Writes a line to the log for each. */
  AuditTrail LOG = new AuditLog(true);

  /** The same without writes and calls that were carried out: controllers write every second. */
  AuditTrail QUIET_LOG = new AuditLog(false);

  void record(AuditEntry entry);

  /** Both, one after the other. */
  default AuditTrail and(AuditTrail other) {
    return entry -> {
      record(entry);
      other.record(entry);
    };
  }
}
