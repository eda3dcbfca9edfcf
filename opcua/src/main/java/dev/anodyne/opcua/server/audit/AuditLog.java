package dev.anodyne.opcua.server.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes entries to the log: refusals as warnings, the rest as information. */
final class AuditLog implements AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger("dev.anodyne.audit");

  private final boolean changes;

  /**
   * Writes all, or all but good writes and calls.
   *
   * @param changes whether good writes and calls are written as well
   */
  AuditLog(boolean changes) {
    this.changes = changes;
  }

  @Override
  public void record(AuditEntry entry) {
    boolean change =
        entry.action() instanceof AuditEntry.Write || entry.action() instanceof AuditEntry.Call;
    if (entry.isDone() && (changes || !change)) {
      LOG.info("{}", AuditText.line(entry));
    } else if (!entry.isDone()) {
      LOG.warn("{}", AuditText.line(entry));
    }
  }
}
