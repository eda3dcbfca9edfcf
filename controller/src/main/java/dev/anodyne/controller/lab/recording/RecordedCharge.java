package dev.anodyne.controller.lab.recording;

import dev.anodyne.controller.app.ChargeParts;
import dev.anodyne.controller.app.ChargePartsForm;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.spec.PolicySpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a recorded charge's estimator and policies are made of, to be made again. */
sealed interface RecordedCharge {
  /** What the controller believed of a cell. */
  CellParameters cell();

  /** Temperature the cells cool towards, K. */
  double ambientKelvin();

  /** Makes the estimator again. */
  StateEstimator estimator(RecordedTruth truth);

  /**
   * Makes the first policy again.
   *
   * @param clock gives back the recorded times
   */
  ChargingPolicy policy(NanoClock clock, long deadlineNanos, RecordedTruth truth);

  /**
   * Makes a policy that took over.
   *
   * @param recorded what the recording says of it
   * @param line where, for messages
   */
  ChargingPolicy changed(String recorded, int line, NanoClock clock, long deadlineNanos);

  /** What the policy that began did. */
  PolicySpec spec();

  /** The estimator's name, or its model file. */
  String estimatorName();

  /** The same charge by another policy on another belief, without a deadline. */
  RecordedCharge with(PolicySpec policy, String estimator);

  /** What was taken from the recording instead of being recomputed. */
  List<String> remarks();

  /** A charge in process. */
  record InLab(ChargeSetup setup) implements RecordedCharge {
    @Override
    public CellParameters cell() {
      return setup.cell();
    }

    @Override
    public double ambientKelvin() {
      return setup.ambientKelvin();
    }

    @Override
    public StateEstimator estimator(RecordedTruth truth) {
      return Parts.estimator(setup, truth);
    }

    @Override
    public ChargingPolicy policy(NanoClock clock, long deadlineNanos, RecordedTruth truth) {
      return setup.policy().equals(Parts.OPTIMUM)
          ? new RecordedDecisions(truth)
          : Parts.policy(setup, clock, deadlineNanos);
    }

    /** A policy by its name or by the text of its file. */
    @Override
    public ChargingPolicy changed(String recorded, int line, NanoClock clock, long deadlineNanos) {
      boolean isText = recorded.contains("\n") || recorded.contains(": ");
      PolicySpec spec =
          isText
              ? PolicyFileReader.parse(Path.of("line " + line), recorded).spec()
              : Parts.spec(recorded);
      return Parts.policy(setup.withSpec(spec), clock, deadlineNanos);
    }

    @Override
    public PolicySpec spec() {
      return Parts.spec(setup);
    }

    @Override
    public String estimatorName() {
      return setup.estimator();
    }

    @Override
    public RecordedCharge with(PolicySpec policy, String estimator) {
      return new InLab(setup.with(policy.policy(), estimator).withSpec(policy));
    }

    @Override
    public List<String> remarks() {
      List<String> remarks = new ArrayList<>();
      if (setup.policy().equals(Parts.OPTIMUM)) {
        remarks.add("The optimum rests on the plant: its decisions were taken from the recording.");
      }
      if (setup.estimator().equals(Parts.TRUTH)) {
        remarks.add("An oracle run: what is true was taken from the recording, not recomputed.");
      }
      return remarks;
    }
  }

  /** A charge at a station, or of the demo. */
  record AtStation(ChargeParts parts) implements RecordedCharge {
    @Override
    public CellParameters cell() {
      return parts.cell();
    }

    @Override
    public double ambientKelvin() {
      return parts.expected().ambientTemperatureKelvin();
    }

    @Override
    public StateEstimator estimator(RecordedTruth truth) {
      return parts.newEstimator();
    }

    /** The deadline is among the parts. */
    @Override
    public ChargingPolicy policy(NanoClock clock, long deadlineNanos, RecordedTruth truth) {
      return parts.newPolicy(clock);
    }

    @Override
    public ChargingPolicy changed(String recorded, int line, NanoClock clock, long deadlineNanos) {
      return ChargePartsForm.changed(parts, recorded, clock);
    }

    @Override
    public PolicySpec spec() {
      return parts.policy();
    }

    @Override
    public String estimatorName() {
      return parts.estimator();
    }

    @Override
    public RecordedCharge with(PolicySpec policy, String estimator) {
      return new AtStation(parts.with(policy, estimator));
    }

    @Override
    public List<String> remarks() {
      return List.of();
    }
  }
}
