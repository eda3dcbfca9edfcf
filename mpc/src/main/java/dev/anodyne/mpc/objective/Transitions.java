package dev.anodyne.mpc.objective;

/**
 * Where each choice at each node of a grid leads in a stage of one length. The tariff is the only
 * thing that differs between the stages of a plan, so this is worked out once.
 */
final class Transitions {
  final StateGrid grid;
  final double stageSeconds;

  /** First entry of each node; one more at the end. */
  final int[] first;

  final double[] socPosition;
  final double[] kelvinPosition;
  final double[] hours;
  final double[] kilowattHours;
  final double[] wearPercent;
  final double[] directWatts;
  private int count;

  Transitions(StateGrid grid, Choices choices, ChargeStage stage, double stageSeconds) {
    this.grid = grid;
    this.stageSeconds = stageSeconds;
    int most = grid.size() * choices.most();
    first = new int[grid.size() + 1];
    socPosition = new double[most];
    kelvinPosition = new double[most];
    hours = new double[most];
    kilowattHours = new double[most];
    wearPercent = new double[most];
    directWatts = new double[most];
    for (int node = 0; node < grid.size(); node++) {
      first[node] = count;
      choices.visit(
          grid.soc(node),
          grid.kelvin(node),
          stageSeconds,
          Double.POSITIVE_INFINITY,
          (amps, heat) -> add(stage));
    }
    first[grid.size()] = count;
  }

  private void add(ChargeStage stage) {
    socPosition[count] = grid.socPosition(stage.soc);
    kelvinPosition[count] = grid.kelvinPosition(stage.kelvin);
    hours[count] = stage.chargingSeconds / 3600.0;
    kilowattHours[count] = stage.kilowattHours;
    wearPercent[count] = stage.wearPercent;
    directWatts[count] = stage.directWatts;
    count++;
  }
}
