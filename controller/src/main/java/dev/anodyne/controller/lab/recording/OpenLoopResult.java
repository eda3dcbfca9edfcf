package dev.anodyne.controller.lab.recording;

import java.util.List;

/**
 * What another policy, or the same on another belief, would have decided on recorded measurements.
 * An open-loop comparison: the battery did not feel it.
 *
 * @param policy who decided, by name and version
 * @param estimator on whose belief
 * @param recordedPolicy who decided when it was recorded
 * @param recordedEstimator on whose belief
 * @param fromStep number of the first decision that is compared, from 1
 * @param compared decisions that were compared
 * @param differing those whose current differs by more than {@link OpenLoopReplay#NOTICEABLE_AMPS},
 *     or that come from another rung
 * @param meanAmps mean of other minus recorded cell current, A
 * @param largestAmps the difference that is largest in size, A
 * @param largestAt number of the decision where it is; 0 without any
 * @param first the first decisions that differ
 * @param remarks sentences about the comparison
 */
public record OpenLoopResult(
    String policy,
    String estimator,
    String recordedPolicy,
    String recordedEstimator,
    long fromStep,
    long compared,
    long differing,
    double meanAmps,
    double largestAmps,
    long largestAt,
    List<Row> first,
    List<String> remarks) {
  public OpenLoopResult {
    first = List.copyOf(first);
    remarks = List.copyOf(remarks);
  }

  /**
   * One decision, recorded and other.
   *
   * @param decision its number, from 1
   * @param seconds time since the first image, s
   * @param measuredAmps cell current that flowed, A
   * @param recordedAmps what was decided for a cell, A
   * @param otherAmps what the other would have decided, A
   * @param recordedSource the rung that decided
   * @param otherSource the other's rung
   * @param recordedConstraint the limit that explained the current
   * @param otherConstraint the other's
   * @param recordedBoundVolts the belief's lower bound of the anode potential, V
   * @param otherBoundVolts the other belief's, V
   */
  public record Row(
      long decision,
      double seconds,
      double measuredAmps,
      double recordedAmps,
      double otherAmps,
      String recordedSource,
      String otherSource,
      String recordedConstraint,
      String otherConstraint,
      double recordedBoundVolts,
      double otherBoundVolts) {
    /** Other minus recorded current, A. */
    public double differenceAmps() {
      return otherAmps - recordedAmps;
    }
  }
}
