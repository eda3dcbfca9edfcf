package dev.anodyne.opcua.server.audit;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a client did or tried to do.
 *
 * @param when UTC
 * @param client who
 * @param action what
 * @param status how it ended; good when it was done
 * @param message a sentence for people, without secrets; empty when there is nothing to add
 */
public record AuditEntry(
    Instant when, Client client, Action action, StatusCode status, String message) {

  /** True when it was done. */
  public boolean isDone() {
    return status.isGood();
  }

  /** What kind of thing it is. */
  public Kind kind() {
    return action.kind(isDone());
  }

  /** The kinds of things that are noted. */
  public enum Kind {
    LOGIN,
    LOGIN_REFUSED,
    LOGOUT,
    WRITE,
    CALL,
    /** A read of history that was refused; others are not noted. */
    HISTORY_READ_REFUSED,
    CERTIFICATE_REFUSED,
    /** A connection, session or request beyond the limits. */
    LIMIT_REACHED,
    /** A whole service that nobody, or not this user, may use. */
    SERVICE_REFUSED
  }

  /**
   * Who did it, as far as it is known.
   *
   * @param user name of the log-in; for one that was refused, the name that was tried
   * @param applicationUri what the client calls itself; its certificate carries it, unless the
   *     connection is not protected
   * @param address where from, as text
   * @param sessionId the session's node; null before there is one
   * @param auditEntryId the client's own mark of its request; null when it gave none
   */
  public record Client(
      @Nullable String user,
      @Nullable String applicationUri,
      @Nullable String address,
      @Nullable NodeId sessionId,
      @Nullable String auditEntryId) {
    /** One of whom only the address is known. */
    public static Client at(@Nullable String address) {
      return new Client(null, null, address, null, null);
    }
  }

  /** What was done. */
  public sealed interface Action {
    /** The kind, by how it ended. */
    Kind kind(boolean done);
  }

  /**
   * A log-in.
   *
   * @param identity {@code anonymous}, {@code user name} or {@code certificate}
   * @param certificate the user's, when it showed one
   */
  public record LogIn(String identity, @Nullable X509Certificate certificate) implements Action {
    @Override
    public Kind kind(boolean done) {
      return done ? Kind.LOGIN : Kind.LOGIN_REFUSED;
    }
  }

  /** The end of a session, by whomever. */
  public record LogOut() implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.LOGOUT;
    }
  }

  /**
   * A write to a node.
   *
   * @param indexRange the part of an array; null for all of it
   * @param oldValue before; null when it is not known
   * @param newValue what was to be written
   */
  public record Write(
      NodeId node,
      AttributeId attribute,
      @Nullable String indexRange,
      @Nullable Variant oldValue,
      Variant newValue)
      implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.WRITE;
    }
  }

  /** A call of an object's method. */
  public record Call(NodeId object, NodeId method, List<Variant> inputs) implements Action {
    public Call {
      inputs = List.copyOf(inputs);
    }

    @Override
    public Kind kind(boolean done) {
      return Kind.CALL;
    }
  }

  /**
   * A command over another way than OPC UA.
   *
   * @param operation what was asked for, such as {@code startCharge}
   * @param subject of what, such as a connector's id; empty for the station
   * @param values with which values, as text without secrets
   */
  public record Request(String operation, String subject, String values) implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.CALL;
    }
  }

  /** A read of history. */
  public record HistoryRead(NodeId node) implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.HISTORY_READ_REFUSED;
    }
  }

  /**
   * A certificate that was shown.
   *
   * @param thumbprint SHA-1 of the certificate in hexadecimal digits
   */
  public record Certificate(X509Certificate certificate, String thumbprint) implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.CERTIFICATE_REFUSED;
    }
  }

  /** Something beyond a limit, named as in the configuration. */
  public record Limit(String name) implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.LIMIT_REACHED;
    }
  }

  /** A service of OPC UA as a whole, such as AddNodes. */
  public record Service(String name) implements Action {
    @Override
    public Kind kind(boolean done) {
      return Kind.SERVICE_REFUSED;
    }
  }
}
