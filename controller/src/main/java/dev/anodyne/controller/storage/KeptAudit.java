package dev.anodyne.controller.storage;

import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditText;
import dev.anodyne.opcua.server.audit.AuditTrail;
import java.util.function.Consumer;

/** Keeps what clients did or tried, over OPC UA or HTTP. */
final class KeptAudit implements AuditTrail {
  private static final int LONGEST = 1000;

  /** What the HTTP API notes as its clients' application. */
  private static final String HTTP = "http";

  private final Consumer<Entry> to;

  KeptAudit(Consumer<Entry> to) {
    this.to = to;
  }

  @Override
  public void record(AuditEntry entry) {
    AuditEntry.Client client = entry.client();
    String line = AuditText.line(entry);
    to.accept(
        new Entry.Audited(
            AuditRow.of(
                entry.when(),
                HTTP.equals(client.applicationUri()) ? "api" : "opcua",
                entry.kind().name(),
                entry.isDone(),
                AuditText.named(entry.status()),
                client.user(),
                client.address(),
                client.applicationUri(),
                line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line,
                entry.message())));
  }
}
