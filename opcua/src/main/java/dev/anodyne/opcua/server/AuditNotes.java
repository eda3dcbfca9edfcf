package dev.anodyne.opcua.server;

import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditTrail;
import java.net.InetAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.util.DigestUtil;
import org.jspecify.annotations.Nullable;

/** Makes audit entries out of what the library knows about a session. */
final class AuditNotes {
  private final AuditTrail trail;
  private final Clock clock;
  private final Flood flood = new Flood();

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

  /**
   * A request beyond a limit.
   *
   * @return what the client is told
   */
  UaException limit(Session session, ServerLimit limit, long status) {
    done(session, null, new AuditEntry.Limit(limit.key()), new StatusCode(status), "");
    return new UaException(status);
  }

  /** A client's certificate that was refused. */
  void certificate(X509Certificate refused, UaException why) {
    from(
        RemoteAddress.current(),
        new AuditEntry.Certificate(refused, thumbprint(refused)),
        why.getStatusCode(),
        why.getMessage() == null ? "" : why.getMessage());
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      return HexFormat.of().formatHex(DigestUtil.sha1(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      return "?";
    }
  }

  /** A service that nobody may use. */
  void refusedService(Session session, String name) {
    StatusCode status = new StatusCode(StatusCodes.Bad_ServiceUnsupported);
    done(session, null, new AuditEntry.Service(name), status, "");
  }

  /** Something outside of a session. */
  void from(@Nullable String address, AuditEntry.Action action, StatusCode status, String message) {
    note(AuditEntry.Client.at(address), action, status, message);
  }

  private void note(
      AuditEntry.Client client, AuditEntry.Action action, StatusCode status, String message) {
    int left = status.isGood() ? 0 : flood.admit();
    if (left < 0) {
      return;
    }
    String text = left == 0 ? message : message + " (and " + left + " refusals before it)";
    trail.record(new AuditEntry(clock.instant(), client, action, status, text));
  }

  /** Refusals cost an attacker nothing; notes of them must not fill the disk. */
  private static final class Flood {
    private static final int MOST_A_SECOND = 50;

    private long secondNanos = System.nanoTime();
    private int noted;
    private int left;

    /** How many have been left out since the last one; below zero to leave out this one, too. */
    synchronized int admit() {
      long now = System.nanoTime();
      if (now - secondNanos > 1_000_000_000L) {
        secondNanos = now;
        noted = 0;
      }
      if (noted >= MOST_A_SECOND) {
        left++;
        return -1;
      }
      noted++;
      int before = left;
      left = 0;
      return before;
    }
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
