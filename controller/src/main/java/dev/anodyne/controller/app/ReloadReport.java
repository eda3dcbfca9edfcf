package dev.anodyne.controller.app;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What became of a station's file that was read again.
 *
 * @param at when, UTC
 * @param accepted false: the file is wrong and nothing has changed
 * @param message one line for people: what is wrong, or what was done
 * @param changes one for each connector that is not as before, and for each other section
 */
public record ReloadReport(Instant at, boolean accepted, String message, List<Change> changes) {
  public ReloadReport {
    changes = List.copyOf(changes);
  }

  /** What is done about a change. */
  public enum Effect {
    /** It counts now; a charge that runs goes on with it. */
    APPLIED,
    /** It counts when the charge that runs is over. */
    PENDING,
    /** The connector is new. */
    ADDED,
    /** The connector is gone. */
    REMOVED,
    /** The connector goes when the charge that runs is over. */
    LEAVING,
    /** It counts when the server is started anew. */
    RESTART,
    /** It could not be done; as before. */
    FAILED
  }

  /**
   * A change.
   *
   * @param where a connector's id, or the name of a section of the file
   * @param effect what is done about it
   * @param keys what differs
   * @param note what went wrong; empty otherwise
   */
  public record Change(String where, Effect effect, SortedSet<String> keys, String note) {
    public Change {
      keys = new TreeSet<>(keys);
    }

    /** For people. */
    public String text() {
      String what = keys.isEmpty() ? "" : " " + String.join(", ", keys);
      String text =
          switch (effect) {
            case APPLIED -> where + ":" + what + " counts now";
            case PENDING -> where + ":" + what + " counts when its charge is over";
            case ADDED -> where + " is added";
            case REMOVED -> where + " is removed";
            case LEAVING -> where + " goes when its charge is over";
            case RESTART -> where + ":" + what + " needs a restart";
            case FAILED -> where + ":" + what + " stays as it was";
          };
      return note.isEmpty() ? text : text + " (" + note + ")";
    }
  }

  /** As the API tells it. */
  public JsonObject toJson() {
    JsonArray all = new JsonArray();
    for (Change c : changes) {
      all.add(
          new JsonObject()
              .put("where", c.where())
              .put("effect", c.effect().name())
              .put("keys", new JsonArray(List.copyOf(c.keys())))
              .put("note", c.note()));
    }
    return new JsonObject()
        .put("at", at.toString())
        .put("accepted", accepted)
        .put("message", message)
        .put("changes", all);
  }
}
