package dev.anodyne.opcua.server;

import dev.anodyne.opcua.server.audit.AuditEntry;
import java.util.Optional;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SessionListener;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;

/**
 * In front of the services that make sessions and log in: every end of a log-in is noted, a session
 * whose log-in failed gives up its place at once, and one user has only so many.
 */
final class SessionGuard implements SessionListener {
  private static final int LONGEST_NAME = 4096;

  private final GuardedServer server;
  private final ServerLimits limits;
  private final AuditNotes notes;
  private final Object perUser = new Object();

  SessionGuard(GuardedServer server, ServerLimits limits, AuditNotes notes) {
    this.server = server;
    this.limits = limits;
    this.notes = notes;
    server.getSessionManager().addSessionListener(this);
  }

  /** Whom a session belongs to. */
  static Login login(Session session) throws UaException {
    return Login.of(session).orElseThrow(() -> new UaException(StatusCodes.Bad_UserAccessDenied));
  }

  UaResponseMessageType create(
      ServiceRequestContext context,
      CreateSessionRequest request,
      ServiceGuard.Service<CreateSessionRequest> library)
      throws UaException {
    Double timeout = request.getRequestedSessionTimeout();
    boolean named =
        request.getSessionName() == null || request.getSessionName().length() <= LONGEST_NAME;
    if (!named || timeout == null || timeout.isNaN()) {
      throw new UaException(StatusCodes.Bad_InvalidArgument);
    }
    try {
      return library.answer(request);
    } catch (UaException e) {
      if (e.getStatusCode().value() == StatusCodes.Bad_TooManySessions) {
        notes.from(
            context.clientAddress().getHostAddress(),
            new AuditEntry.Limit(ServerLimit.SESSIONS.key()),
            e.getStatusCode(),
            "");
      }
      throw e;
    }
  }

  UaResponseMessageType activate(
      ServiceRequestContext context,
      ActivateSessionRequest request,
      ServiceGuard.Service<ActivateSessionRequest> library)
      throws UaException {
    try {
      UaResponseMessageType answer = library.answer(request);
      requireFewOfOneUser(context, request.getRequestHeader());
      return answer;
    } catch (UaException e) {
      if (!(e instanceof LoginRefused)) {
        notes.from(
            context.clientAddress().getHostAddress(),
            new AuditEntry.LogIn("an identity that is not offered, or a session of another", null),
            e.getStatusCode(),
            "");
      }
      endIfNew(context, request.getRequestHeader());
      throw e;
    } catch (RuntimeException e) {
      // Such as an index beyond what was decrypted: without an answer the client would wait.
      endIfNew(context, request.getRequestHeader());
      throw new UaException(StatusCodes.Bad_UserAccessDenied);
    }
  }

  /** Also when the time has run out or the connection was cut. */
  @Override
  public void onSessionClosed(Session session) {
    if (Login.of(session).isPresent()) {
      notes.done(session, null, new AuditEntry.LogOut(), StatusCode.GOOD, "");
    }
  }

  private void requireFewOfOneUser(ServiceRequestContext context, RequestHeader header)
      throws UaException {
    synchronized (perUser) {
      Session session = server.getSessionManager().getSession(context, header);
      Optional<Login> login = Login.of(session);
      long own =
          server.getSessionManager().getAllSessions().stream()
              .filter(other -> Login.of(other).map(Login::user).equals(login.map(Login::user)))
              .count();
      if (login.isPresent() && own > limits.get(ServerLimit.SESSIONS_PER_USER)) {
        UaException refused =
            notes.limit(session, ServerLimit.SESSIONS_PER_USER, StatusCodes.Bad_TooManySessions);
        server.getSessionManager().killSession(session.getSessionId(), true);
        throw refused;
      }
    }
  }

  /** The library ends a session that has not logged in when it is used for anything else. */
  private void endIfNew(ServiceRequestContext context, RequestHeader header) {
    try {
      var unused = server.getSessionManager().getSession(context, header);
    } catch (UaException e) {
      // As wanted: it is gone. Or it never was, or belongs to another connection.
    }
  }
}
