package dev.anodyne.opcua.server.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/** Entries as JSON, one line each; long texts are cut, so that no client can make a line long. */
final class AuditJson {
  private static final int LONGEST = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditJson() {}

  /** The line of an entry, without its end. */
  static String line(AuditEntry entry) {
    ObjectNode line = JSON.createObjectNode();
    AuditEntry.Client client = entry.client();
    line.put("time", entry.when().toString());
    line.put("kind", entry.kind().name());
    line.put("status", AuditText.named(entry.status()));
    put(line, "user", client.user());
    put(line, "address", client.address());
    put(line, "application", client.applicationUri());
    put(line, "session", client.sessionId());
    put(line, "entry", client.auditEntryId());
    action(line, entry.action());
    put(line, "message", entry.message().isEmpty() ? null : entry.message());
    return line.toString();
  }

  /** The line that says how many entries were left out. */
  static String lost(String time, long count) {
    return JSON.createObjectNode()
        .put("time", time)
        .put("kind", "LOST")
        .put("count", count)
        .put("message", "Entries came too fast, or the file could not be written.")
        .toString();
  }

  private static void action(ObjectNode line, AuditEntry.Action action) {
    if (action instanceof AuditEntry.LogIn login) {
      line.put("identity", login.identity());
    } else if (action instanceof AuditEntry.Write write) {
      line.put("node", write.node().toParseableString());
      line.put("attribute", write.attribute().name());
      put(line, "range", write.indexRange());
      put(line, "old", text(write.oldValue()));
      put(line, "new", text(write.newValue()));
    } else if (action instanceof AuditEntry.Call call) {
      line.put("object", call.object().toParseableString());
      line.put("method", call.method().toParseableString());
      ArrayNode inputs = line.putArray("inputs");
      call.inputs().forEach(input -> inputs.add(text(input)));
    } else if (action instanceof AuditEntry.Request request) {
      line.put("operation", request.operation());
      put(line, "subject", request.subject());
      put(line, "values", request.values());
    } else if (action instanceof AuditEntry.HistoryRead read) {
      line.put("node", read.node().toParseableString());
    } else if (action instanceof AuditEntry.Certificate shown) {
      line.put("thumbprint", shown.thumbprint());
      put(line, "subject", shown.certificate().getSubjectX500Principal().getName());
    } else if (action instanceof AuditEntry.Limit limit) {
      line.put("limit", limit.name());
    } else if (action instanceof AuditEntry.Service service) {
      line.put("service", service.name());
    }
  }

  private static @Nullable String text(@Nullable Variant variant) {
    Object value = variant == null ? null : variant.value();
    if (value == null) {
      return null;
    }
    return cut(value instanceof Object[] array ? Arrays.deepToString(array) : value.toString());
  }

  private static void put(ObjectNode line, String name, @Nullable Object value) {
    if (value != null) {
      line.put(name, cut(value.toString()));
    }
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
