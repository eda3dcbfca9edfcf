package dev.anodyne.controller.http;

import dev.anodyne.controller.config.PolicyShelf;
import dev.anodyne.controller.config.PolicyShelf.Entry;
import dev.anodyne.controller.config.PolicyShelf.Verdict;
import dev.anodyne.controller.http.Gate.Handler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The policies that the station offers: list, read, check, write. */
final class PolicyHandlers {
  private final Api api;

  PolicyHandlers(Api api) {
    this.api = api;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("policies", this::list);
    handlers.put("policy", this::one);
    handlers.put("putPolicy", this::put);
    handlers.put("validatePolicy", this::validate);
  }

  private PolicyShelf shelf() {
    return new PolicyShelf(api.parts().desk().control().policies());
  }

  private Future<Reply> list(Asked asked) {
    PolicyShelf shelf = shelf();
    Map<String, JsonArray> usedBy = usedBy();
    return api.blocking(shelf::all)
        .map(
            all -> {
              JsonArray items = new JsonArray();
              all.forEach(entry -> items.add(json(entry, usedBy)));
              return Reply.json(new JsonObject().put("items", items).putNull("next"));
            });
  }

  private Future<Reply> one(Asked asked) {
    PolicyShelf shelf = shelf();
    String name = known(shelf, asked.text("name"));
    Map<String, JsonArray> usedBy = usedBy();
    return api.blocking(() -> shelf.read(name))
        .map(
            read ->
                Reply.json(
                    json(read.entry(), usedBy)
                        .put("text", read.text())
                        .put("textDigest", PolicyShelf.digest(read.text()))));
  }

  private Future<Reply> validate(Asked asked) {
    PolicyShelf shelf = shelf();
    String name = asked.given().getString("name");
    String text = asked.given().getString("text", "");
    return api.blocking(() -> shelf.check(name, text))
        .map(
            verdict ->
                Reply.json(
                    new JsonObject()
                        .put("valid", verdict.error() == null)
                        .put("errors", errors(verdict.error()))
                        .put("diff", diff(verdict.diff()))));
  }

  private Future<Reply> put(Asked asked) {
    PolicyShelf shelf = shelf();
    String name = known(shelf, asked.text("name"));
    String text = asked.given().getString("text", "");
    String replaces = asked.given().getString("replaces");
    return api.blocking(() -> shelf.write(name, text, replaces)).map(this::written);
  }

  private Reply written(PolicyShelf.Outcome outcome) {
    if (outcome instanceof PolicyShelf.Written written) {
      return Reply.json(
          new JsonObject()
              .put("accepted", true)
              .put(
                  "message",
                  "Written. Charges that use the file take it over within seconds, without a jump"
                      + " of the current.")
              .put("digest", written.digest())
              .put("textDigest", written.textDigest()));
    } else if (outcome instanceof PolicyShelf.Changed) {
      throw RefusedException.of(
          409, "Changed meanwhile", "Somebody else has written this policy: read it anew.");
    } else if (outcome instanceof PolicyShelf.NotAFile) {
      throw RefusedException.of(
          422, "Not possible", "This policy is no file: it is part of the software.");
    }
    PolicyShelf.Error error = ((PolicyShelf.Invalid) outcome).error();
    throw RefusedException.of(422, "Not in order", error.message());
  }

  private static String known(PolicyShelf shelf, String name) {
    if (!shelf.names().contains(name)) {
      throw RefusedException.notFound(
          "There is no policy '"
              + name
              + "'; there are: "
              + String.join(", ", shelf.names())
              + ".");
    }
    return name;
  }

  /** Connectors by the policy that decides at them now. */
  private Map<String, JsonArray> usedBy() {
    Map<String, JsonArray> usedBy = new HashMap<>();
    for (SessionView view : api.board().views()) {
      JsonObject record = view.latest();
      JsonObject deciding = record == null ? null : record.getJsonObject("policy");
      String name = deciding == null ? view.about().policy() : deciding.getString("name", "");
      usedBy.computeIfAbsent(name, unused -> new JsonArray()).add(view.id());
    }
    return usedBy;
  }

  private static JsonObject json(Entry entry, Map<String, JsonArray> usedBy) {
    return new JsonObject()
        .put("name", entry.name())
        .put("kind", entry.isFile() ? "file" : "name")
        .put("version", entry.version())
        .put("digest", entry.digest())
        .put("usedBy", usedBy.getOrDefault(entry.decidesAs(), new JsonArray()))
        .put("editable", entry.isFile());
  }

  private static JsonArray errors(PolicyShelf.@Nullable Error error) {
    JsonArray errors = new JsonArray();
    if (error != null) {
      errors.add(
          new JsonObject()
              .put("line", error.line())
              .put("key", error.key())
              .put("value", error.value())
              .put("allowed", error.allowed())
              .put("message", error.message())
              .put("hint", error.hint()));
    }
    return errors;
  }

  private static JsonArray diff(List<Verdict.Line> lines) {
    JsonArray diff = new JsonArray();
    lines.forEach(
        line -> diff.add(new JsonObject().put("kind", line.kind()).put("line", line.text())));
    return diff;
  }
}
