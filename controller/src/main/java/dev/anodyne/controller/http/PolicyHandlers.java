package dev.anodyne.controller.http;

import dev.anodyne.controller.config.PolicyFolder;
import dev.anodyne.controller.config.PolicyShelf;
import dev.anodyne.controller.config.PolicyShelf.Entry;
import dev.anodyne.controller.config.PolicyShelf.Verdict;
import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.controller.station.StationControl;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The policies that the station offers: list, read, check, write, make, delete. */
final class PolicyHandlers {
  private final Api api;
  private final @Nullable PolicyFolder folder;

  /**
   * Of this station.
   *
   * @param folder where new policies go; null: there can be none
   */
  PolicyHandlers(Api api, @Nullable Path folder) {
    this.api = api;
    this.folder = folder == null ? null : new PolicyFolder(folder);
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("policies", this::list);
    handlers.put("policy", this::one);
    handlers.put("putPolicy", this::put);
    handlers.put("deletePolicy", this::delete);
    handlers.put("validatePolicy", this::validate);
  }

  private PolicyShelf shelf() {
    return new PolicyShelf(control().policies());
  }

  private StationControl control() {
    return api.parts().desk().control();
  }

  /** Files may come and go by themselves, too: what is there is what is offered. */
  private <T> Future<T> looked(Function<PolicyShelf, Future<T>> next) {
    StationControl control = control();
    if (folder == null) {
      return next.apply(shelf());
    }
    return api.blocking(folder::list)
        .compose(
            found -> {
              control.offerMade(found);
              return next.apply(shelf());
            });
  }

  private Future<Reply> list(Asked asked) {
    return looked(
        shelf -> {
          Map<String, JsonArray> usedBy = usedBy();
          return api.blocking(shelf::all)
              .map(
                  all -> {
                    JsonArray items = new JsonArray();
                    all.forEach(entry -> items.add(json(entry, usedBy)));
                    return Reply.json(new JsonObject().put("items", items).putNull("next"));
                  });
        });
  }

  private Future<Reply> one(Asked asked) {
    return looked(
        shelf -> {
          String name = known(shelf, asked.text("name"));
          Map<String, JsonArray> usedBy = usedBy();
          return api.blocking(() -> shelf.read(name))
              .map(
                  read ->
                      Reply.json(
                          json(read.entry(), usedBy)
                              .put("text", read.text())
                              .put("textDigest", PolicyShelf.digest(read.text()))));
        });
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
    String name = asked.text("name");
    String text = asked.given().getString("text", "");
    String replaces = asked.given().getString("replaces");
    return looked(
        shelf ->
            shelf.names().contains(name)
                ? api.blocking(() -> shelf.write(name, text, replaces, isMade(shelf, name)))
                    .map(this::written)
                : create(name, text, replaces));
  }

  private Future<Reply> create(String name, String text, @Nullable String replaces) {
    PolicyFolder to = folder;
    if (to == null) {
      throw RefusedException.notFound(
          notThere(name, shelf())
              + " Maybe add api: {policies: policies} to the station's file: a folder for new"
              + " ones.");
    }
    String error = PolicyFolder.nameError(name);
    if (error != null) {
      throw RefusedException.of(422, "Not possible", error);
    }
    if (replaces != null && !replaces.isEmpty()) {
      return Future.succeededFuture(written(new PolicyShelf.Changed()));
    }
    StationControl control = control();
    return api.blocking(
            () -> {
              PolicyShelf.Outcome outcome = PolicyShelf.create(name, text, to);
              control.offerMade(to.list());
              return outcome;
            })
        .map(
            outcome -> {
              Reply reply = written(outcome);
              JsonObject said = reply.body().toJsonObject();
              said.put("message", "There is a new policy " + name + ": connectors can take it.");
              return new Reply(201, reply.type(), said.toBuffer());
            });
  }

  private Future<Reply> delete(Asked asked) {
    PolicyFolder from = folder;
    return looked(
        shelf -> {
          String name = known(shelf, asked.text("name"));
          return api.blocking(() -> shelf.read(name).entry()).compose(entry -> delete(entry, from));
        });
  }

  private Future<Reply> delete(Entry entry, @Nullable PolicyFolder from) {
    if (from == null || !isMade(entry)) {
      throw RefusedException.of(
          422,
          "Not possible",
          "The policy "
              + entry.name()
              + " was not made over the API: it is part of the configuration or of the software.");
    }
    JsonArray users = usedBy().get(entry.decidesAs());
    if (users != null) {
      throw RefusedException.of(
          409,
          "In use",
          "The policy "
              + entry.name()
              + " decides at "
              + String.join(", ", users.stream().map(String::valueOf).toList())
              + ". Let another one decide there first.");
    }
    StationControl control = control();
    return api.blocking(
            () -> {
              PolicyShelf.delete(Path.of(entry.source()));
              return from.list();
            })
        .map(
            found -> {
              control.offerMade(found);
              return Reply.json(
                  new JsonObject()
                      .put("accepted", true)
                      .put("result", "ACCEPTED")
                      .put("message", "The policy " + entry.name() + " is no more."));
            });
  }

  private boolean isMade(Entry entry) {
    return folder != null && entry.isFile() && folder.holds(entry.source());
  }

  private boolean isMade(PolicyShelf shelf, String name) {
    return folder != null && folder.holds(shelf.source(name));
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
          409,
          "Changed meanwhile",
          "Somebody else has written, made or deleted this policy: read it anew.");
    } else if (outcome instanceof PolicyShelf.Full) {
      throw RefusedException.of(
          422,
          "Not possible",
          "There are " + PolicyFolder.MOST + " such policies already, as many as there may be.");
    } else if (outcome instanceof PolicyShelf.NotAFile) {
      throw RefusedException.of(
          422, "Not possible", "This policy is no file: it is part of the software.");
    }
    PolicyShelf.Error error = ((PolicyShelf.Invalid) outcome).error();
    throw RefusedException.of(422, "Not in order", error.message());
  }

  private static String known(PolicyShelf shelf, String name) {
    if (!shelf.names().contains(name)) {
      throw RefusedException.notFound(notThere(name, shelf));
    }
    return name;
  }

  private static String notThere(String name, PolicyShelf shelf) {
    return "There is no policy '"
        + name
        + "'; there are: "
        + String.join(", ", shelf.names())
        + ".";
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

  private JsonObject json(Entry entry, Map<String, JsonArray> usedBy) {
    return new JsonObject()
        .put("name", entry.name())
        .put("kind", entry.isFile() ? "file" : "name")
        .put("version", entry.version())
        .put("digest", entry.digest())
        .put("usedBy", usedBy.getOrDefault(entry.decidesAs(), new JsonArray()))
        .put("editable", entry.isFile())
        .put("removable", isMade(entry));
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
