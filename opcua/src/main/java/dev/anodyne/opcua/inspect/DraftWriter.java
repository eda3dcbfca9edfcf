package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.inspect.MappingDraft.Found;
import dev.anodyne.opcua.inspect.NameParts.Hint;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.MeasuringUnit;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** Writes the draft of a mapping with its comments. */
final class DraftWriter {
  /** Stands for the charger's id in node ids. */
  private static final String CHARGER = "{charger}";

  private static final int MOST_CANDIDATES = 4;

  private final List<SpaceNode> variables;
  private final Map<ChargerTag, TagGuess> guesses;
  private final Optional<String> chargerId;
  private final String namespace;
  private final List<String> missing = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  DraftWriter(
      List<SpaceNode> variables, Map<ChargerTag, TagGuess> guesses, Optional<String> chargerId) {
    this.variables = variables;
    this.guesses = guesses;
    this.chargerId = chargerId;
    this.namespace = commonest(guesses);
  }

  private static String commonest(Map<ChargerTag, TagGuess> guesses) {
    Map<String, Integer> counts = new HashMap<>();
    guesses.values().forEach(guess -> counts.merge(uri(guess.node()), 1, Integer::sum));
    return counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private static String uri(SpaceNode node) {
    return String.valueOf(node.id().getNamespaceUri());
  }

  MappingDraft write(String source) {
    line("namespace: " + quoted(namespace));
    line("link:");
    line("  mode: subscribe");
    line("  stalenessSeconds: 0.9");
    writeHeartbeat();
    writeStates();
    line("tags:");
    for (ChargerTag tag : ChargerTag.values()) {
      if (!ChargerTag.CLOCK.contains(tag) && tag != ChargerTag.HEARTBEAT) {
        writeTag(tag);
      }
    }
    List<Found> found = new ArrayList<>();
    guesses.forEach(
        (tag, guess) ->
            found.add(
                new Found(
                    tag.path(),
                    SpaceText.id(guess.node()),
                    Shown.plain(guess.node().pathText()),
                    guess.sure(),
                    why(guess))));
    return new MappingDraft(head(source, found) + text, found, missing);
  }

  private String head(String source, List<Found> found) {
    long guessed = found.stream().filter(one -> !one.sure()).count();
    String missed =
        missing.isEmpty()
            ? "# Nothing is missing.\n"
            : "# MISSING, and nothing is charged before it is filled in: "
                + String.join(", ", missing)
                + "\n";
    return "# A draft, made by looking at "
        + Shown.plain(source)
        + ".\n# "
        + found.size()
        + " nodes were found, "
        + guessed
        + " of them are a GUESS. Hold every line against the charger's data sheet.\n"
        + missed;
  }

  private void writeHeartbeat() {
    Optional<SpaceNode> counter = first(true, Hint.LIFE);
    if (!guesses.containsKey(ChargerTag.SETPOINT_VALID_FOR)) {
      line("# How a command ends is not known: the server has nothing like");
      line(
          "# Setpoint.ValidForMillis. With a watchdog on a counter that is written here, leave that");
      line("# tag out and say, with the time from the data sheet:");
      line("#   expiry: {by: watchdog, timeoutSeconds: …}");
      line(
          "#   heartbeat.write: "
              + counter.map(node -> "{" + node(node) + "}   (" + about(node) + ")").orElse("…"));
    }
    TagGuess read = guesses.get(ChargerTag.HEARTBEAT);
    if (read != null) {
      line("heartbeat:");
      line("  read: {" + node(read.node()) + "}" + comment(read));
    } else {
      line("# No counter that shows that the charger lives: current and voltage must, by moving.");
    }
  }

  private void writeStates() {
    if (!guesses.containsKey(ChargerTag.VEHICLE_CONNECTED)) {
      missing.add("vehicleConnected");
      line("# NOT FOUND: what says that a battery is there. " + candidates(Hint.STATUS));
      line("vehicleConnected: {path: " + nowhere("vehicleConnected") + ", mask: 0x1}");
    }
    if (guesses.containsKey(ChargerTag.FAULTS)) {
      return;
    }
    Optional<SpaceNode> fault = first(false, Hint.FAULT);
    line("faults:");
    if (fault.isPresent()) {
      line("  # GUESS: 0 says that all is well; any other number stops until it is named here.");
      line("  # It may be bits as well. " + candidates(Hint.STATUS));
      line("  - {" + node(fault.get()) + ", codes: {0: none}}   # " + about(fault.get()));
    } else {
      missing.add("faults");
      line("  # NOT FOUND: what says that something is wrong. " + candidates(Hint.STATUS));
      line("  - {path: " + nowhere("faults") + ", codes: {0: none}}");
    }
  }

  private void writeTag(ChargerTag tag) {
    TagGuess guess = guesses.get(tag);
    if (guess != null) {
      line(
          "  "
              + tag.path()
              + ": {"
              + node(guess.node())
              + details(tag, guess)
              + "}"
              + comment(guess));
      return;
    }
    boolean told =
        tag == ChargerTag.VEHICLE_CONNECTED
            || tag == ChargerTag.FAULTS
            || tag == ChargerTag.OUTPUT_VOLTAGE
            || !ChargerTag.CHARGER.contains(tag);
    if (!told) {
      missing.add(tag.path());
      String instead =
          TagMapping.MAY_BE_CONSTANT.contains(tag)
              ? ": a node, or constant: from the data sheet, in " + tag.unit().symbol()
              : "";
      line("  " + tag.path() + ": {path: " + nowhere(tag.path()) + "}   # NOT FOUND" + instead);
    }
  }

  private String details(ChargerTag tag, TagGuess guess) {
    StringBuilder details = new StringBuilder();
    String own = tag.unit().symbol();
    guess
        .unit()
        .map(MeasuringUnit::symbol)
        .filter(symbol -> !symbol.equals(own))
        .ifPresent(symbol -> details.append(", unit: ").append(symbol));
    if (guess.scale() != 1) {
      details.append(", scale: ").append(Shown.number(guess.scale()));
    }
    if (tag.isWritable()) {
      guess
          .node()
          .variable()
          .flatMap(variable -> WireType.named(variable.dataType()))
          .ifPresent(type -> details.append(", type: ").append(type.typeName()));
    }
    boolean mustMove = tag == ChargerTag.OUTPUT_CURRENT || tag == ChargerTag.BATTERY_VOLTAGE;
    if (mustMove && !guesses.containsKey(ChargerTag.HEARTBEAT)) {
      details.append(", stalenessSeconds: 2");
    }
    return details.toString();
  }

  private static String comment(TagGuess guess) {
    return guess.sure() ? "" : "   # GUESS: " + about(guess.node()) + ", " + why(guess);
  }

  private static String why(TagGuess guess) {
    String why = String.join("; ", guess.why());
    if (guess.rivals().isEmpty()) {
      return why;
    }
    List<String> others =
        guess.rivals().stream().limit(MOST_CANDIDATES).map(DraftWriter::about).toList();
    return why + "; or " + String.join(", ", others);
  }

  private static String about(SpaceNode node) {
    return Shown.plain(node.pathText())
        + node.variable().map(variable -> " " + SpaceText.type(variable)).orElse("");
  }

  /** Whole numbers whose names say this, for a person to look up. */
  private String candidates(Hint hint) {
    List<String> found =
        variables.stream()
            .filter(TagGuesser::isWhole)
            .filter(node -> NameParts.of(node.name()).hints().contains(hint))
            .limit(MOST_CANDIDATES)
            .map(
                node ->
                    about(node)
                        + " {"
                        + node(node)
                        + "} = "
                        + Shown.text(node.variable().orElseThrow().value().value().value()))
            .toList();
    return found.isEmpty() ? "" : "Maybe bits of " + String.join(" or ", found);
  }

  private Optional<SpaceNode> first(boolean writable, Hint hint) {
    return variables.stream()
        .filter(TagGuesser::isWhole)
        .filter(node -> node.variable().orElseThrow().writable() == writable)
        .filter(node -> NameParts.of(node.name()).hints().contains(hint))
        .findFirst();
  }

  /** Where no server has a node: the client says by name that it is not there. */
  private static String nowhere(String what) {
    return quoted("NOT FOUND/" + what);
  }

  private String node(SpaceNode node) {
    ExpandedNodeId id = node.id();
    Object identifier = id.identifier();
    String text;
    if (identifier instanceof UInteger number) {
      text = "node: " + number;
    } else if (identifier instanceof String string) {
      text = "node: " + quoted("s=" + general(string));
    } else if (identifier instanceof ByteString bytes) {
      text = "node: " + quoted("b=" + Base64.getEncoder().encodeToString(bytes.bytesOrEmpty()));
    } else {
      text = "node: " + quoted("g=" + identifier);
    }
    return uri(node).equals(namespace) ? text : text + ", namespace: " + quoted(uri(node));
  }

  private String general(String identifier) {
    return chargerId
        .filter(id -> isPrefix(id, identifier))
        .map(id -> CHARGER + identifier.substring(id.length()))
        .orElse(identifier);
  }

  /** The charger's id alone or before a mark, so that CH1 is not taken for the head of CH10. */
  static boolean isPrefix(String chargerId, String identifier) {
    return identifier.startsWith(chargerId)
        && (identifier.length() == chargerId.length()
            || !Character.isLetterOrDigit(identifier.charAt(chargerId.length())));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** YAML's double quotes take everything once these are escaped. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
