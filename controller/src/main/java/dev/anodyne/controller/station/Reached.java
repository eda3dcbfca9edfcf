package dev.anodyne.controller.station;

import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which connectors a command for all of them has reached.
 *
 * @param yes those that have done it
 * @param no those that nobody has answered for, or that refused
 */
record Reached(Set<String> yes, Set<String> no) {
  /** Names beyond these are counted. */
  private static final int MOST_NAMED = 20;

  /**
   * From what was told.
   *
   * @param known all connectors
   * @param own those of this node, which are reached in any case
   * @param told by other nodes
   */
  static Reached of(Set<String> known, Set<String> own, Map<String, CommandAnswer> told) {
    Set<String> yes = new TreeSet<>(own);
    told.forEach(
        (id, answer) -> {
          if (answer.isDone()) {
            yes.add(id);
          }
        });
    Set<String> no = new TreeSet<>(known);
    no.removeAll(yes);
    return new Reached(yes, no);
  }

  /**
   * The answer of them all.
   *
   * @param done what has happened at those that were reached; their names follow
   * @param hint what becomes of the others
   */
  CommandAnswer answer(String done, String hint) {
    String all = done + " " + names(yes) + ".";
    return no.isEmpty()
        ? CommandAnswer.accepted(all)
        : new CommandAnswer(
            CommandResult.NO_ANSWER, all + " Not reached: " + names(no) + ". " + hint);
  }

  private static String names(Set<String> ids) {
    List<String> named = ids.stream().limit(MOST_NAMED).toList();
    String list = named.isEmpty() ? "no connector" : String.join(", ", named);
    return ids.size() > MOST_NAMED ? list + " and " + (ids.size() - MOST_NAMED) + " more" : list;
  }
}
