package dev.anodyne.estimators.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.estimators.bounds.BoundTableJson;
import dev.anodyne.estimators.twin.BackOff;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Reads and writes model files: JSON, with the weights as base64 of little-endian 32-bit floats and
 * a checksum over them. Every failure is one line that names the file and what is wrong with it.
 */
public final class ModelFile {
  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 2;

  private static final String FORMAT = "anodyne-model";

  /** A hundred times a large model. */
  private static final long MOST_BYTES = 64L << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ModelFile() {}

  /** Reads a model from a file. */
  public static NetworkModel read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        throw new IllegalArgumentException(
            "Model file "
                + file
                + " has "
                + Files.size(file)
                + " bytes; allowed are "
                + MOST_BYTES
                + ".\nMaybe it is another kind of file; anodyne train writes models.");
      }
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString());
    } catch (java.nio.charset.CharacterCodingException e) {
      throw damaged(file.toString(), "it is not a text file");
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Model file " + file + " cannot be read: " + reason(e) + ".", e);
    }
  }

  /** Reads a model from the class path; null when there is none. */
  public static @org.jspecify.annotations.Nullable NetworkModel readResource(String resource) {
    try (InputStream in = ModelFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        return null;
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a model; the file is complete or absent. */
  public static void write(NetworkModel model, Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, toJson(model), StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Model file " + file + " cannot be written: " + reason(e) + ".", e);
    }
  }

  /** The model as text. */
  public static String toJson(NetworkModel model) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("estimator", model.kind().estimatorName());
    root.put("cell", model.cell());
    root.put("nominalCapacity [A.h]", model.nominalAmpHours());
    root.set("card", JSON.valueToTree(model.card()));
    root.set("bounds", BoundTableJson.write(model.bounds()));
    root.set("twinBackOff", JSON.valueToTree(model.twinBackOff()));
    ArrayNode features = root.putArray("features");
    InputScaling s = model.scaling();
    for (int i = 0; i < s.size(); i++) {
      ObjectNode f = features.addObject();
      f.put("name", model.kind().names().get(i));
      f.put("mean", s.mean()[i]);
      f.put("scale", s.scale()[i]);
      f.put("min", s.min()[i]);
      f.put("max", s.max()[i]);
    }
    ModelWeights.write(root, model.members());
    ModelWeights.write(root, model.sigmaScale());
    FileSeal.put(root);
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads a model from text; {@code source} names it in errors. */
  public static NetworkModel parse(String text, String source) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw damaged(source, "it is not JSON (line " + line(e) + ")");
    }
    if (root == null || !root.isObject() || !FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "Model file "
              + source
              + " is not an Anodyne model: \"format\" must be \""
              + FORMAT
              + "\".\nMaybe it is another kind of file; anodyne train writes models.");
    }
    int version = root.path("version").asInt(-1);
    if (version > VERSION) {
      throw new IllegalArgumentException(
          "Model file "
              + source
              + " has version "
              + version
              + "; this program reads up to "
              + VERSION
              + ".\nMaybe it was written by a newer Anodyne: update, or train it again.");
    }
    if (version < 1) {
      throw damaged(source, "\"version\" is missing or below 1");
    }
    if (version < VERSION) {
      throw new IllegalArgumentException(
          "Model file "
              + source
              + " has version "
              + version
              + ", whose networks say nothing of how sure they are; this program reads version "
              + VERSION
              + ".\nMaybe train it again: anodyne train.");
    }
    FeatureSet kind = kind(root.path("estimator").asText(), source);
    try {
      NetworkModel model =
          new NetworkModel(
              kind,
              text(root, "cell", source),
              number(root, "nominalCapacity [A.h]", source),
              scaling(root, kind, source),
              ModelWeights.read(root, source),
              ModelWeights.readScale(root, source),
              BoundTableJson.read(required(root, "bounds", source), source),
              JSON.treeToValue(required(root, "twinBackOff", source), BackOff.class),
              JSON.treeToValue(required(root, "card", source), ModelCard.class));
      // Last, so that whatever can be said more exactly has been said.
      if (!FileSeal.agrees((ObjectNode) root)) {
        throw damaged(source, "the digest of its contents does not agree");
      }
      return model;
    } catch (JsonProcessingException e) {
      throw damaged(source, "a section does not have the expected fields");
    } catch (IllegalArgumentException e) {
      String message = reason(e);
      throw message.startsWith("Model file") ? e : damaged(source, firstLine(message));
    }
  }

  private static FeatureSet kind(String name, String source) {
    for (FeatureSet set : FeatureSet.values()) {
      if (set.estimatorName().equals(name)) {
        return set;
      }
    }
    throw damaged(
        source, "\"estimator\" is \"" + name + "\"; allowed are augmented, learned, informed");
  }

  private static InputScaling scaling(JsonNode root, FeatureSet kind, String source) {
    JsonNode features = required(root, "features", source);
    int n = kind.names().size();
    if (features.size() != n) {
      throw damaged(source, "it has " + features.size() + " features, not " + n);
    }
    double[][] v = new double[4][n];
    for (int i = 0; i < n; i++) {
      JsonNode f = features.get(i);
      if (!kind.names().get(i).equals(text(f, "name", source))) {
        throw damaged(
            source,
            "feature "
                + (i + 1)
                + " is \""
                + f.path("name").asText()
                + "\", not \""
                + kind.names().get(i)
                + "\"");
      }
      v[0][i] = number(f, "mean", source);
      v[1][i] = number(f, "scale", source);
      v[2][i] = number(f, "min", source);
      v[3][i] = number(f, "max", source);
    }
    try {
      return new InputScaling(v[0], v[1], v[2], v[3]);
    } catch (IllegalArgumentException e) {
      throw damaged(source, reason(e));
    }
  }

  static JsonNode required(JsonNode node, String key, String source) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      throw damaged(source, "\"" + key + "\" is missing");
    }
    return value;
  }

  static String text(JsonNode node, String key, String source) {
    return required(node, key, source).asText();
  }

  static double number(JsonNode node, String key, String source) {
    JsonNode value = required(node, key, source);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw damaged(source, "\"" + key + "\" is not a number: " + value);
    }
    return value.asDouble();
  }

  static IllegalArgumentException damaged(String source, String what) {
    String tidy = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
    return new IllegalArgumentException(
        "Model file "
            + source
            + " is damaged: "
            + tidy
            + ".\nMaybe it was cut short or edited; train it again with anodyne train.");
  }

  static String reason(Exception e) {
    String message = e.getMessage();
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : e instanceof java.nio.file.AccessDeniedException
            ? "permission is denied"
            : message == null ? e.getClass().getSimpleName() : message;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }

  private static long line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }
}
