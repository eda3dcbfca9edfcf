package dev.anodyne.estimators.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest over everything that a model file says, so that no digit of a scale or a bound can
 * change unnoticed. Taken from the values, not from the text: blanks and line ends may differ.
 */
final class FileSeal {
  private static final String KEY = "contents";
  private static final ObjectMapper COMPACT = new ObjectMapper();

  private FileSeal() {}

  /**
   * Adds the digest.
   *
   * @param root Modified.
   */
  static void put(ObjectNode root) {
    root.remove(KEY);
    root.put(KEY, digest(root));
  }

  /** True when the digest agrees; also for a file from before there was one. */
  static boolean agrees(ObjectNode root) {
    JsonNode stated = root.get(KEY);
    if (stated == null) {
      return true;
    }
    ObjectNode rest = root.deepCopy();
    rest.remove(KEY);
    return digest(rest).equals(stated.asText());
  }

  private static String digest(ObjectNode root) {
    try {
      // Read back what was written: a float and the double of the same digits must not differ.
      JsonNode plain = COMPACT.readTree(COMPACT.writeValueAsString(root));
      byte[] text = COMPACT.writeValueAsString(plain).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every JDK has SHA-256; a tree of nodes can be written.
    }
  }
}
