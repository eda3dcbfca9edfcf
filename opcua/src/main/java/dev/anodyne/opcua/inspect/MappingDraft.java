package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.model.ChargerTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A first version of a charger's mapping file. What was not found is pointed at a path that no
 * server has: the file can be read and tried, but nothing is charged before a person has filled it
 * in. Nothing is invented: no limit, no meaning of a bit, no watchdog's time.
 *
 * @param yaml the file's text, with a comment on every line that needs one
 * @param found what was found, in the order of the tags
 * @param missing what a charger must have and was not found: a tag's path, or a block
 */
public record MappingDraft(String yaml, List<Found> found, List<String> missing) {
  public MappingDraft {
    found = List.copyOf(found);
    missing = List.copyOf(missing);
  }

  /**
   * A tag and its node.
   *
   * @param tag the tag's path
   * @param node the node's id with the namespace's URI
   * @param path the browse names that lead to it
   * @param sure the server itself says so
   * @param why what speaks for it, and what is not known
   */
  public record Found(String tag, String node, String path, boolean sure, String why) {}

  /**
   * Drafts a mapping.
   *
   * @param space what the server has
   * @param source where it comes from, for the file's head
   * @param chargerId only nodes with this in their id or path, which becomes {@code {charger}};
   *     empty: all
   * @throws IllegalArgumentException when nothing there looks like a charger
   */
  public static MappingDraft of(AddressSpace space, String source, Optional<String> chargerId) {
    List<SpaceNode> variables =
        space.variables().stream()
            .filter(node -> chargerId.map(id -> belongs(node, id)).orElse(true))
            .toList();
    Map<ChargerTag, TagGuess> guesses = TagGuesser.guess(variables);
    if (!guesses.keySet().containsAll(ChargerTag.THERMAL)) {
      guesses.keySet().removeAll(ChargerTag.THERMAL);
    }
    if (guesses.isEmpty()) {
      throw new IllegalArgumentException(
          "None of the "
              + variables.size()
              + " variables"
              + chargerId.map(id -> " of charger '" + id + "'").orElse("")
              + " looks like a charger's.\nMaybe 'anodyne opcua browse' shows what there is.");
    }
    return new DraftWriter(variables, guesses, chargerId).write(source);
  }

  /** A part of the id or of the path is the charger's. */
  private static boolean belongs(SpaceNode node, String chargerId) {
    String id = String.valueOf(node.id().identifier());
    return DraftWriter.isPrefix(chargerId, id)
        || node.path().stream().anyMatch(step -> step.name().equals(chargerId));
  }

  /** For a person: what was found, what of it is a guess, what is missing. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Found one : found) {
      text.append(String.format(Locale.ROOT, "%-7s", one.sure() ? "found" : "guess"))
          .append(String.format(Locale.ROOT, "%-26s", one.tag()))
          .append(one.path())
          .append("  [")
          .append(one.node())
          .append("]  ")
          .append(one.why())
          .append('\n');
    }
    for (String one : missing) {
      text.append("missing ").append(one).append('\n');
    }
    return text.toString().stripTrailing();
  }

  /** The same for JSON. */
  public Map<String, Object> toMap() {
    List<Object> tags = new ArrayList<>();
    for (Found one : found) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("tag", one.tag());
      map.put("node", one.node());
      map.put("path", one.path());
      map.put("sure", one.sure());
      map.put("why", one.why());
      tags.add(map);
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("tags", tags);
    map.put("missing", missing);
    return map;
  }
}
