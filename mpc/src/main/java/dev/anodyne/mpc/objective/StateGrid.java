package dev.anodyne.mpc.objective;

/**
 * The states of charge and temperatures at which a plan keeps the cost to go, and values in between
 * (bilinear; at the edge outside).
 */
final class StateGrid {
  private static final double SOC_STEP = 0.005;
  private static final double KELVIN_STEP = 2.5;

  private final double lowSoc;
  private final double lowKelvin;
  private final double socStep;
  private final double kelvinStep;
  private final int socs;
  private final int kelvins;

  /** A grid that covers two ranges; the highest state of charge is a node. */
  StateGrid(double lowSoc, double highSoc, double lowKelvin, double highKelvin) {
    this.lowSoc = lowSoc;
    this.lowKelvin = lowKelvin;
    socs = 1 + Math.max(1, (int) Math.ceil((highSoc - lowSoc) / SOC_STEP - 1e-9));
    kelvins = 1 + Math.max(1, (int) Math.ceil((highKelvin - lowKelvin) / KELVIN_STEP - 1e-9));
    socStep = Math.max(1e-6, (highSoc - lowSoc) / (socs - 1));
    kelvinStep = Math.max(1e-3, (highKelvin - lowKelvin) / (kelvins - 1));
  }

  int size() {
    return socs * kelvins;
  }

  double soc(int node) {
    return lowSoc + socStep * (node / kelvins);
  }

  double kelvin(int node) {
    return lowKelvin + kelvinStep * (node % kelvins);
  }

  /** Position along the states of charge, in nodes, within the grid. */
  double socPosition(double soc) {
    return Math.min(socs - 1.0, Math.max(0.0, (soc - lowSoc) / socStep));
  }

  /** Position along the temperatures, in nodes, within the grid. */
  double kelvinPosition(double kelvin) {
    return Math.min(kelvins - 1.0, Math.max(0.0, (kelvin - lowKelvin) / kelvinStep));
  }

  /** Value at two positions. */
  double at(double[] values, double socPosition, double kelvinPosition) {
    int s = Math.min(socs - 2, (int) socPosition);
    int t = Math.min(kelvins - 2, (int) kelvinPosition);
    double x = socPosition - s;
    double y = kelvinPosition - t;
    int i = s * kelvins + t;
    double left = values[i] + y * (values[i + 1] - values[i]);
    double right = values[i + kelvins] + y * (values[i + kelvins + 1] - values[i + kelvins]);
    return left + x * (right - left);
  }

  /** Value at a state. */
  double value(double[] values, double soc, double kelvin) {
    return at(values, socPosition(soc), kelvinPosition(kelvin));
  }
}
