package dev.anodyne.estimators.network;

import static dev.anodyne.estimators.network.ModelFile.damaged;
import static dev.anodyne.estimators.network.ModelFile.number;
import static dev.anodyne.estimators.network.ModelFile.reason;
import static dev.anodyne.estimators.network.ModelFile.required;
import static dev.anodyne.estimators.network.ModelFile.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/** The networks of a model file: {@code members}, each a list of layers, and their checksum. */
final class ModelWeights {
  private ModelWeights() {}

  static void write(ObjectNode root, List<List<DenseLayer>> networks) {
    CRC32 sum = new CRC32();
    ArrayNode members = root.putArray("members");
    for (List<DenseLayer> network : networks) {
      ArrayNode layers = members.addArray();
      for (DenseLayer layer : network) {
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
    }
    root.put("checksum", Long.toHexString(sum.getValue()));
  }

  static List<List<DenseLayer>> read(JsonNode root, String source) {
    CRC32 sum = new CRC32();
    List<List<DenseLayer>> members = new ArrayList<>();
    try {
      for (JsonNode network : required(root, "members", source)) {
        List<DenseLayer> layers = new ArrayList<>();
        for (JsonNode l : network) {
          layers.add(layer(l, sum, source));
        }
        members.add(List.copyOf(new DenseNetwork(layers).layers()));
      }
      if (!Long.toHexString(sum.getValue()).equals(text(root, "checksum", source))) {
        throw damaged(source, "the checksum of its weights does not agree");
      }
      new Ensemble(members).inputs(); // Members that do not fit together are refused here.
      return List.copyOf(members);
    } catch (IllegalArgumentException e) {
      String message = reason(e);
      throw message.startsWith("Model file") ? e : damaged(source, message);
    }
  }

  static void write(ObjectNode root, SigmaScale scale) {
    ArrayNode knots = root.putArray("sigmaScale");
    for (int i = 0; i < scale.logSigma().length; i++) {
      knots
          .addObject()
          .put("sigma [ln V]", scale.logSigma()[i])
          .put("factor [ln]", scale.logFactor()[i]);
    }
  }

  static SigmaScale readScale(JsonNode root, String source) {
    JsonNode knots = required(root, "sigmaScale", source);
    double[] logSigma = new double[knots.size()];
    double[] logFactor = new double[knots.size()];
    for (int i = 0; i < knots.size(); i++) {
      logSigma[i] = number(knots.get(i), "sigma [ln V]", source);
      logFactor[i] = number(knots.get(i), "factor [ln]", source);
    }
    return new SigmaScale(logSigma, logFactor);
  }

  private static DenseLayer layer(JsonNode l, CRC32 sum, String source) {
    byte[] weights = Base64.getDecoder().decode(text(l, "weights", source));
    byte[] biases = Base64.getDecoder().decode(text(l, "biases", source));
    sum.update(weights);
    sum.update(biases);
    return new DenseLayer(
        (int) number(l, "inputs", source),
        (int) number(l, "outputs", source),
        DenseLayer.Activation.valueOf(text(l, "activation", source)),
        toDoubles(weights),
        toDoubles(biases));
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
