package dev.anodyne.opcua.server.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes entries to the log: refusals as warnings, the rest as information. */
final class AuditLog implements AuditTrail {
  private static final Logger LOG = LoggerFactory.getLogger("dev.anodyne.audit");

  @Override
  public void record(AuditEntry entry) {
    if (entry.isDone()) {
      LOG.info("{}", AuditText.line(entry));
    } else {
      LOG.warn("{}", AuditText.line(entry));
    }
  }
}
