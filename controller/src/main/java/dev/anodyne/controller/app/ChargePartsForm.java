package dev.anodyne.controller.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.config.PolicyFileWriter;
import dev.anodyne.controller.session.recording.Form;
import dev.anodyne.controller.session.recording.ModelDigest;
import dev.anodyne.controller.session.recording.RecordingException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.spec.PolicySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link ChargeParts} in a recording: values by their names; the texts of policy, cell file and
 * battery file; digests of the cell's model and of a model file, which is too large for it.
 */
public final class ChargePartsForm {
  /** What tells these parts from a laboratory's. */
  public static final String KIND = "station";

  private ChargePartsForm() {}

  /** What is written as it is. */
  private record Values(
      PackLayout layout,
      String estimator,
      double startSoc,
      ChargeLimits expected,
      double periodSeconds,
      double departureSeconds,
      Steps pricePerKilowattHour,
      Steps maxPowerWatts,
      @Nullable ChargeGoal goal,
      double chargerDelaySeconds) {}

  @SuppressWarnings("ArrayRecordComponent") // Lives for one call.
  private record Steps(double[] fromSeconds, double[] values, double otherwise) {
    static Steps of(StepSeries s) {
      double[] from = new double[s.length()];
      double[] values = new double[s.length()];
      for (int i = 0; i < from.length; i++) {
        from[i] = s.fromSeconds(i);
        values[i] = s.value(i);
      }
      return new Steps(from, values, s.otherwise());
    }

    StepSeries series() {
      return StepSeries.of(fromSeconds, values, otherwise);
    }
  }

  /**
   * Writes parts. Reads files and computes for some milliseconds.
   *
   * @param batteryText the battery's file as the charge found it; empty when nothing was known
   * @param sensors under which name its sensors are known
   */
  static ObjectNode write(ChargeParts p, String batteryText, String sensors) {
    Values values =
        new Values(
            p.layout(),
            p.estimator(),
            p.startSoc(),
            p.expected(),
            p.periodSeconds(),
            p.outlook().departureSeconds(),
            Steps.of(p.outlook().pricePerKilowattHour()),
            Steps.of(p.outlook().maxPowerWatts()),
            p.goal(),
            p.chargerDelaySeconds());
    ObjectNode parts = (ObjectNode) Form.tree(Map.of("kind", KIND));
    parts.put("deadlineNanos", p.deadlineNanos());
    parts.set("values", Form.tree(values));
    parts.put("policy", policyText(p.policy()));
    parts.put("cellSource", p.cellSource());
    p.cell()
        .thermal()
        .map(ThermalData::heatTransferWPerM2Kelvin)
        .ifPresent(h -> parts.put("heatTransferWattsPerM2Kelvin", h));
    if (!CellParameters.shippedNames().contains(p.cellSource())) {
      parts.put("cellFile", text(Path.of(p.cellSource())));
    }
    parts.put("modelDigest", ModelDigest.of(p.cell(), p.expected().ambientTemperatureKelvin()));
    Path model = file(p.estimator());
    if (model != null) {
      parts.put("estimatorFileSha256", ModelDigest.sha256(model));
    }
    if (!batteryText.isEmpty()) {
      parts.put("sensors", sensors).put("batteryRecord", batteryText);
    }
    return parts;
  }

  /**
   * Reads parts.
   *
   * @param cell as loaded from the recording's source or text, with the recorded heat transfer
   * @param battery what the recording holds of the battery
   * @throws RecordingException when the tree holds no such parts
   */
  public static ChargeParts read(
      JsonNode parts, CellParameters cell, Optional<IdentifiedCell> battery) {
    Values v = Form.record(parts.path("values"), Values.class);
    return new ChargeParts(
        cell,
        parts.path("cellSource").asText(),
        v.layout(),
        v.estimator(),
        policy(parts.path("policy").asText()),
        v.startSoc(),
        v.expected(),
        v.periodSeconds(),
        parts.path("deadlineNanos").asLong(),
        new Outlook(
            v.departureSeconds(), v.pricePerKilowattHour().series(), v.maxPowerWatts().series()),
        v.goal(),
        v.chargerDelaySeconds(),
        battery);
  }

  /** A change of policy: where the charge stood, and what the new one does. */
  private record Change(double startSoc, String policy) {}

  /** What a recording holds of a policy that takes over. */
  static String change(PolicySpec spec, double startSoc) {
    return Form.tree(new Change(startSoc, policyText(spec))).toString();
  }

  /** A change of departure: the same, and when the battery is fetched from then on, s. */
  private record Departure(double startSoc, String policy, double departsInSeconds) {}

  /** What a recording holds of a policy that takes over because the departure has changed. */
  static String change(PolicySpec spec, double startSoc, double departsInSeconds) {
    return Form.tree(new Departure(startSoc, policyText(spec), departsInSeconds)).toString();
  }

  /**
   * The policy of a charge after a change of its policy or its departure.
   *
   * @param before the parts that the charge began with
   * @param change what the recording holds of the policy that took over
   * @param clock measures decisions
   */
  public static ChargingPolicy changed(ChargeParts before, String change, NanoClock clock) {
    JsonNode tree = Form.parse(change);
    if (tree.has("departsInSeconds")) {
      Departure read = Form.record(tree, Departure.class);
      ChargeParts parts = before.with(policy(read.policy()), read.startSoc());
      return parts.newPolicy(clock, read.departsInSeconds());
    }
    Change read = Form.record(tree, Change.class);
    return before.with(policy(read.policy()), read.startSoc()).newPolicy(clock);
  }

  private static String policyText(PolicySpec spec) {
    return PolicyFileWriter.text(spec, Map.of());
  }

  private static PolicySpec policy(String text) {
    return PolicyFileReader.parse(Path.of("recorded policy"), text).spec();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The cell's file " + file + " cannot be read.", e);
    }
  }

  /** The file of that name; null when there is none. */
  private static @Nullable Path file(String nameOrFile) {
    try {
      Path path = Path.of(nameOrFile);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
