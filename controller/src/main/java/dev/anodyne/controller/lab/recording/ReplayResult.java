package dev.anodyne.controller.lab.recording;

import java.util.List;

/**
 * What a replay found.
 *
 * @param decisions decisions that were recomputed
 * @param commands commands that were compared
 * @param found the first place where something differs; null when nothing does
 * @param differing decisions and commands in which something differs
 * @param remarks sentences about the file and the machine: cut off, another Java, an oracle
 */
public record ReplayResult(
    long decisions,
    long commands,
    @org.jspecify.annotations.Nullable Place found,
    long differing,
    List<String> remarks) {
  public ReplayResult {
    remarks = List.copyOf(remarks);
  }

  /**
   * Where something differs.
   *
   * @param line of the recording, from 1
   * @param decision number of the decision, from 1
   * @param seconds time since the first image, s
   * @param differences every value that differs there
   * @param before rows of the last decisions before it, oldest first, and of this one
   */
  public record Place(
      int line, long decision, double seconds, List<Difference> differences, List<Row> before) {
    public Place {
      differences = List.copyOf(differences);
      before = List.copyOf(before);
    }
  }

  /**
   * One decision as it was recorded.
   *
   * @param decision its number, from 1
   * @param seconds time since the first image, s
   * @param measuredAmps battery current, A
   * @param measuredVolts highest cell voltage, V
   * @param boundVolts the estimate's lower bound of the anode potential, V
   * @param wantedAmps what the policy wanted for a cell, A
   * @param source which rung decided
   */
  public record Row(
      long decision,
      double seconds,
      double measuredAmps,
      double measuredVolts,
      double boundVolts,
      double wantedAmps,
      String source) {}
}
