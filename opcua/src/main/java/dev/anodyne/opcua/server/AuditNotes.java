package dev.anodyne.opcua.server;

import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditTrail;
import java.net.InetAddress;
import java.time.Clock;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/** Makes audit entries out of what the library knows about a session. */
final class AuditNotes {
  private final AuditTrail trail;
  private final Clock clock;

  AuditNotes(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** A log-in, good or refused. */
  void login(
      Session session,
      @Nullable String user,
      AuditEntry.LogIn login,
      StatusCode status,
      String message) {
    note(client(session, user, null), login, status, message);
  }

  /** Anything done within a session that has logged in. */
  void done(
      Session session,
      @Nullable String auditEntryId,
      AuditEntry.Action action,
      StatusCode status,
      String message) {
    String user = Login.of(session).map(Login::user).orElse(null);
    note(client(session, user, auditEntryId), action, status, message);
  }

  /** Something outside of a session. */
  void from(@Nullable String address, AuditEntry.Action action, StatusCode status, String message) {
    note(AuditEntry.Client.at(address), action, status, message);
  }

  private void note(
      AuditEntry.Client client, AuditEntry.Action action, StatusCode status, String message) {
    trail.record(new AuditEntry(clock.instant(), client, action, status, message));
  }

  private static AuditEntry.Client client(
      Session session, @Nullable String user, @Nullable String auditEntryId) {
    InetAddress address = session.getClientAddress();
    return new AuditEntry.Client(
        user,
        session.getClientDescription().getApplicationUri(),
        address == null ? null : address.getHostAddress(),
        session.getSessionId(),
        auditEntryId);
  }
}
