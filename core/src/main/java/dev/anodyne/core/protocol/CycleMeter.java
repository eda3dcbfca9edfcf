package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOutputs;
import java.util.ArrayList;
import java.util.List;

/** Adds up what goes in and out, pass by pass. */
final class CycleMeter {
  private final List<CycleSummary> cycles = new ArrayList<>();
  private double start;
  private double chargedAmpSeconds;
  private double dischargedAmpSeconds;
  private double chargedJoules;
  private double dischargedJoules;
  private double minAnodePotential;
  private double maxTemperature;

  CycleMeter() {
    begin(0);
  }

  private void begin(double seconds) {
    start = seconds;
    chargedAmpSeconds = 0;
    dischargedAmpSeconds = 0;
    chargedJoules = 0;
    dischargedJoules = 0;
    minAnodePotential = Double.POSITIVE_INFINITY;
    maxTemperature = Double.NEGATIVE_INFINITY;
  }

  /** An instant that is seen, such as the first one under a new current. */
  void see(P2dOutputs outputs) {
    minAnodePotential = Math.min(minAnodePotential, outputs.anodePotentialVolts);
    maxTemperature = Math.max(maxTemperature, outputs.temperatureKelvin);
  }

  /** The sub-step that the run has tried and keeps. */
  void add(CellRun run) {
    see(run.tried());
    chargedAmpSeconds += Math.max(0, run.triedAmpSeconds());
    dischargedAmpSeconds += Math.max(0, -run.triedAmpSeconds());
    chargedJoules += Math.max(0, run.triedJoules());
    dischargedJoules += Math.max(0, -run.triedJoules());
  }

  /**
   * Ends a pass.
   *
   * @param capacityAmpHours what is left at rest, A·h
   * @param measuredAmpHours what a measurement gives, A·h; NaN without one
   */
  void end(double seconds, P2dOutputs now, double capacityAmpHours, double measuredAmpHours) {
    see(now);
    cycles.add(
        new CycleSummary(
            cycles.size() + 1,
            start,
            seconds,
            chargedAmpSeconds / 3600,
            dischargedAmpSeconds / 3600,
            chargedJoules / 3600,
            dischargedJoules / 3600,
            minAnodePotential,
            maxTemperature,
            now.lossToSeiAmpHours,
            now.lossToPlatingAmpHours,
            capacityAmpHours,
            measuredAmpHours));
    begin(seconds);
  }

  List<CycleSummary> cycles() {
    return cycles;
  }
}
