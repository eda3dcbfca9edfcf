package dev.anodyne.opcua.server.audit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Entries as one line of text each; what clients sent cannot add lines or grow long. */
public final class AuditText {
  private static final int LONGEST = 200;

  private AuditText() {}

  /** One line: what, who, from where, outcome. */
  public static String line(AuditEntry entry) {
    AuditEntry.Client client = entry.client();
    StringBuilder line = new StringBuilder(entry.kind().name()).append(' ');
    line.append(subject(entry.action()));
    if (client.user() != null) {
      line.append(" by '").append(shown(client.user())).append('\'');
    }
    if (client.address() != null) {
      line.append(" from ").append(shown(client.address()));
    }
    if (client.applicationUri() != null) {
      line.append(" (").append(shown(client.applicationUri())).append(')');
    }
    line.append(": ").append(named(entry.status()));
    return entry.message().isEmpty()
        ? line.toString()
        : line.append(", ").append(shown(entry.message())).toString();
  }

  /** The status by its name. */
  public static String named(StatusCode status) {
    return StatusCodes.lookup(status.value())
        .map(words -> words[0])
        .orElseGet(() -> "0x" + Long.toHexString(status.value()));
  }

  /** What an action was, and of what. */
  public static String subject(AuditEntry.Action action) {
    if (action instanceof AuditEntry.LogIn login) {
      return "with " + login.identity();
    } else if (action instanceof AuditEntry.Write write) {
      String before = write.oldValue() == null ? "" : " from " + shown(write.oldValue());
      return shown(write.node().toParseableString()) + before + " to " + shown(write.newValue());
    } else if (action instanceof AuditEntry.Call call) {
      return shown(call.method().toParseableString())
          + " of "
          + shown(call.object().toParseableString())
          + shown(call.inputs());
    } else if (action instanceof AuditEntry.Request request) {
      return shown(request.operation() + " of " + request.subject() + " " + request.values());
    } else if (action instanceof AuditEntry.HistoryRead read) {
      return shown(read.node().toParseableString());
    } else if (action instanceof AuditEntry.Certificate certificate) {
      return certificate.thumbprint()
          + " "
          + shown(certificate.certificate().getSubjectX500Principal().getName());
    } else if (action instanceof AuditEntry.Limit limit) {
      return limit.name();
    } else if (action instanceof AuditEntry.Service service) {
      return service.name();
    }
    return "session";
  }

  private static String shown(List<Variant> inputs) {
    return inputs.stream().map(AuditText::shown).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String shown(Variant variant) {
    Object value = variant.value();
    return shown(value instanceof Object[] array ? Arrays.deepToString(array) : "" + value);
  }

  /** Without line ends and other control characters, cut to a bearable length. */
  private static String shown(@Nullable String text) {
    String all = String.valueOf(text);
    String cut = all.length() > LONGEST ? all.substring(0, LONGEST) + "…" : all;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
