package dev.anodyne.controller.http;

import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditTrail;
import java.time.Clock;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/** Notes who did what over HTTP, in the same trail as OPC UA. Never blocks. */
final class HttpAudit {
  /** Stands where OPC UA clients say what they are. */
  static final String APPLICATION = "http";

  private static final int LONGEST_VALUES = 500;

  private final Clock clock;
  private volatile AuditTrail trail = AuditTrail.LOG;

  HttpAudit(Clock clock) {
    this.clock = clock;
  }

  /** Where it is noted from now on. */
  void trail(AuditTrail next) {
    trail = next;
  }

  void loggedIn(@Nullable String user, String address, String how, long status) {
    note(user, address, null, new AuditEntry.LogIn(how, null), status, "");
  }

  void loggedOut(String user, String address) {
    note(user, address, null, new AuditEntry.LogOut(), StatusCodes.Good, "");
  }

  /** A command, carried out or refused. */
  void asked(Asked asked, Reply reply, String message) {
    long status =
        reply.isDone()
            ? StatusCodes.Good
            : reply.status() == 503 ? StatusCodes.Bad_Timeout : StatusCodes.Bad_InvalidState;
    command(asked, status, message);
  }

  /** A command that this user may not give. */
  void denied(Operation operation, Identity who, String address, String subject, String message) {
    note(
        who.user(),
        address,
        null,
        new AuditEntry.Request(operation.id(), subject, ""),
        StatusCodes.Bad_UserAccessDenied,
        message);
  }

  private void command(Asked asked, long status, String message) {
    String values = asked.body() == null ? "" : asked.body().encode();
    note(
        asked.who().user(),
        asked.address(),
        asked.maybe("Idempotency-Key"),
        new AuditEntry.Request(
            asked.operation().id(),
            subject(asked),
            values.length() > LONGEST_VALUES ? values.substring(0, LONGEST_VALUES) + "…" : values),
        status,
        message);
  }

  private static String subject(Asked asked) {
    String id = asked.maybe("id");
    String name = asked.maybe("name");
    return id != null ? id : name != null ? name : "";
  }

  private void note(
      @Nullable String user,
      String address,
      @Nullable String key,
      AuditEntry.Action action,
      long status,
      String message) {
    trail.record(
        new AuditEntry(
            clock.instant(),
            new AuditEntry.Client(user, APPLICATION, address, null, key),
            action,
            new StatusCode(status),
            message));
  }
}
