package dev.anodyne.controller.session.recording;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.session.SessionRules;
import dev.anodyne.controller.session.SessionSettings;
import java.util.List;

/**
 * How records become JSON and back: components by their names, doubles in the shortest decimal form
 * that reads back to the same bits, NaN and infinities as text.
 */
public final class Form {
  /** What the first line of a recording calls itself. */
  public static final String NAME = "anodyne recording";

  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 3;

  static final String KIND = "k";
  static final String TIME = "t";
  static final String IMAGE = "image";
  static final String OUTCOME = "v";
  static final String PLAN = "plan";
  static final String TAPE = "tape";
  static final String TOLD = "told";

  static final ObjectMapper JSON =
      new ObjectMapper()
          .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .setVisibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private Form() {}

  /** A record as a tree. */
  public static JsonNode tree(Object record) {
    return JSON.valueToTree(record);
  }

  /**
   * The tree of a text.
   *
   * @throws RecordingException when the text is no JSON
   */
  public static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RecordingException("no JSON", e);
    }
  }

  /**
   * A record from a tree.
   *
   * @throws RecordingException when the tree is none
   */
  public static <T> T record(JsonNode tree, Class<T> type) {
    try {
      return JSON.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      String what = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new RecordingException("no " + type.getSimpleName() + " (" + what + ")", e);
    }
  }

  /**
   * By which rules a session's state changed. A recording of the first version holds none.
   *
   * @throws RecordingException when the tree is none
   */
  static SessionRules rules(JsonNode tree) {
    return tree.isMissingNode() ? SessionRules.FIRST : record(tree, SessionRules.class);
  }

  /**
   * What a charge was to do. A recording that says nothing about the link's reserve had none, and
   * in one that does not say how often the policy decided it did each period.
   *
   * @throws RecordingException when the tree is none
   */
  static SessionSettings settings(JsonNode tree) {
    JsonNode whole = tree;
    for (String later : List.of("linkNanos", "decideEveryNanos")) {
      if (whole instanceof ObjectNode old && !old.has(later)) {
        whole = old.deepCopy().put(later, 0L);
      }
    }
    return record(whole, SessionSettings.class);
  }
}
