package dev.anodyne.estimators.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.estimators.twin.BackOff;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Reads and writes model files: JSON, with the weights as base64 of little-endian 32-bit floats and
 * a checksum over them. Every failure is one line that names the file and what is wrong with it.
 */
public final class ModelFile {
  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 1;

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
    root.set("calibration", JSON.valueToTree(model.calibration()));
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
    CRC32 sum = new CRC32();
    ArrayNode layers = root.putArray("layers");
    for (DenseLayer layer : model.layers()) {
      byte[] weights = toBytes(layer.weights());
      byte[] biases = toBytes(layer.biases());
      sum.update(weights);
      sum.update(biases);
      ObjectNode l = layers.addObject();
      l.put("inputs", layer.inputs());
      l.put("outputs", layer.outputs());
      l.put("activation", layer.activation().name());
      l.put("weights", Base64.getEncoder().encodeToString(weights));
      l.put("biases", Base64.getEncoder().encodeToString(biases));
    }
    root.put("checksum", Long.toHexString(sum.getValue()));
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
    FeatureSet kind = kind(root.path("estimator").asText(), source);
    try {
      NetworkModel model =
          new NetworkModel(
              kind,
              text(root, "cell", source),
              number(root, "nominalCapacity [A.h]", source),
              scaling(root, kind, source),
              layers(root, source),
              JSON.treeToValue(required(root, "calibration", source), BoundCalibration.class),
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
      throw message.startsWith("Model file") ? e : damaged(source, message);
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

  private static List<DenseLayer> layers(JsonNode root, String source) {
    CRC32 sum = new CRC32();
    List<DenseLayer> layers = new ArrayList<>();
    try {
      for (JsonNode l : required(root, "layers", source)) {
        byte[] weights = Base64.getDecoder().decode(text(l, "weights", source));
        byte[] biases = Base64.getDecoder().decode(text(l, "biases", source));
        sum.update(weights);
        sum.update(biases);
        layers.add(
            new DenseLayer(
                (int) number(l, "inputs", source),
                (int) number(l, "outputs", source),
                DenseLayer.Activation.valueOf(text(l, "activation", source)),
                toDoubles(weights),
                toDoubles(biases)));
      }
      if (!Long.toHexString(sum.getValue()).equals(text(root, "checksum", source))) {
        throw damaged(source, "the checksum of its weights does not agree");
      }
      return List.copyOf(new DenseNetwork(layers).layers());
    } catch (IllegalArgumentException e) {
      String message = reason(e);
      throw message.startsWith("Model file") ? e : damaged(source, message);
    }
  }

  private static JsonNode required(JsonNode node, String key, String source) {
    JsonNode value = node.get(key);
    if (value == null || value.isNull()) {
      throw damaged(source, "\"" + key + "\" is missing");
    }
    return value;
  }

  private static String text(JsonNode node, String key, String source) {
    return required(node, key, source).asText();
  }

  private static double number(JsonNode node, String key, String source) {
    JsonNode value = required(node, key, source);
    if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
      throw damaged(source, "\"" + key + "\" is not a number: " + value);
    }
    return value.asDouble();
  }

  private static IllegalArgumentException damaged(String source, String what) {
    String tidy = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
    return new IllegalArgumentException(
        "Model file "
            + source
            + " is damaged: "
            + tidy
            + ".\nMaybe it was cut short or edited; train it again with anodyne train.");
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return e instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : e instanceof java.nio.file.AccessDeniedException
            ? "permission is denied"
            : message == null ? e.getClass().getSimpleName() : message;
  }

  private static long line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
  }

  private static byte[] toBytes(double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double v : values) {
      buffer.putFloat((float) v);
    }
    return buffer.array();
  }

  private static double[] toDoubles(byte[] bytes) {
    if (bytes.length % 4 != 0) {
      throw new IllegalArgumentException("a list of weights is cut short");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.length / 4];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getFloat();
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException("a weight is not a finite number");
      }
    }
    return values;
  }
}
