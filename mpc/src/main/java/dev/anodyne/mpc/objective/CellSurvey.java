package dev.anodyne.mpc.objective;

import dev.anodyne.core.cell.CellParameters;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What the cell model shows under steady currents, by temperature, current and state of charge:
 * voltage, anode potential, heat and the speed of ageing. Made of charges of the full model from
 * empty ({@link SurveyRun}), so the concentration profiles have built up as they do in a long
 * charge. In between the tables are linear; outside they stay at their edges. Immutable.
 */
final class CellSurvey {
  /** Temperatures of the tables, K. */
  static final double[] KELVIN = {253.15, 263.15, 273.15, 283.15, 293.15, 303.15, 313.15, 328.15};

  /** Currents of the tables, C. */
  static final double[] RATES = {0.0, 0.05, 0.1, 0.2, 0.35, 0.55, 0.8, 1.2, 1.8, 3.0};

  /** Steps of the state of charge. */
  static final int SOC_CELLS = 40;

  /** A plan cannot see the cell it is made for: it counts on this share of the model's current. */
  private static final double SHARE = 0.9;

  /** Weak keys: tables live as long as the parameters they were made of. */
  private static final Map<CellParameters, CellSurvey> CACHE = new WeakHashMap<>();

  /** What the tables hold. */
  enum Quantity {
    /** V. */
    VOLTAGE,
    /** V against Li/Li⁺. */
    ANODE_POTENTIAL,
    /** W. */
    HEAT,
    /** Capacity bound in the SEI, A·h/s. */
    SEI_LOSS,
    /** Capacity lost as dead lithium, A·h/s. */
    DEAD_LITHIUM
  }

  /** [quantity][temperature][rate][soc]. */
  private final double[][][][] tables;

  private final double nominalAmpHours;
  private final double capacityAmpHours;

  CellSurvey(double[][][][] tables, double nominalAmpHours, double capacityAmpHours) {
    this.tables = tables;
    this.nominalAmpHours = nominalAmpHours;
    this.capacityAmpHours = capacityAmpHours;
  }

  /** The survey of a cell, made once for each parameter object; takes a second or two. */
  static CellSurvey of(CellParameters cell) {
    synchronized (CACHE) {
      return CACHE.computeIfAbsent(cell, SurveyRun::survey);
    }
  }

  /** Nominal capacity, A·h. */
  double nominalAmpHours() {
    return nominalAmpHours;
  }

  /** Charge from 0 to 1 of the state of charge, A·h. */
  double capacityAmpHours() {
    return capacityAmpHours;
  }

  /** A value; linear in state of charge, temperature and current. */
  double value(Quantity quantity, double soc, double kelvin, double amps) {
    double[][][] table = tables[quantity.ordinal()];
    int t = lower(KELVIN, kelvin);
    double tShare = share(KELVIN, t, kelvin);
    double rate = amps / nominalAmpHours;
    int r = lower(RATES, rate);
    double rShare = Math.max(0.0, (rate - RATES[r]) / (RATES[r + 1] - RATES[r]));
    double position = Math.min(1.0, Math.max(0.0, soc)) * SOC_CELLS;
    int s = Math.min(SOC_CELLS - 1, (int) position);
    double sShare = position - s;
    double cold = plane(table[t], r, rShare, s, sShare);
    double warm = plane(table[t + 1], r, rShare, s, sShare);
    return cold + tShare * (warm - cold);
  }

  private static double plane(double[][] table, int r, double rShare, int s, double sShare) {
    double low = table[r][s] + sShare * (table[r][s + 1] - table[r][s]);
    double high = table[r + 1][s] + sShare * (table[r + 1][s + 1] - table[r + 1][s]);
    return low + rShare * (high - low);
  }

  /** Capacity lost for good, to the SEI and as dead lithium, A·h/s. */
  double lossPerSecond(double soc, double kelvin, double amps) {
    return value(Quantity.SEI_LOSS, soc, kelvin, amps)
        + Math.max(0.0, value(Quantity.DEAD_LITHIUM, soc, kelvin, amps));
  }

  /**
   * The largest current that keeps anode potential and voltage, times a share for what the model
   * does not know.
   *
   * @param marginVolts anode potential to keep, V
   * @param maxVolts voltage limit, V
   * @return A, ≥ 0
   */
  double largestAmps(double soc, double kelvin, double marginVolts, double maxVolts) {
    if (kelvin < KELVIN[0]) {
      return 0.0;
    }
    double below = 0.0;
    double roomBelow = room(soc, kelvin, 0.0, marginVolts, maxVolts);
    if (!(roomBelow > 0.0)) {
      return 0.0;
    }
    for (int r = 1; r < RATES.length; r++) {
      double amps = RATES[r] * nominalAmpHours;
      double room = room(soc, kelvin, amps, marginVolts, maxVolts);
      if (room < 0.0) {
        return SHARE * (below + (amps - below) * roomBelow / (roomBelow - room));
      }
      below = amps;
      roomBelow = room;
    }
    return SHARE * below;
  }

  private double room(double soc, double kelvin, double amps, double marginVolts, double maxVolts) {
    return Math.min(
        value(Quantity.ANODE_POTENTIAL, soc, kelvin, amps) - marginVolts,
        maxVolts - value(Quantity.VOLTAGE, soc, kelvin, amps));
  }

  /** Index of the interval that holds a value, the outermost ones beyond the ends. */
  private static int lower(double[] nodes, double value) {
    int i = 0;
    while (i < nodes.length - 2 && value >= nodes[i + 1]) {
      i++;
    }
    return i;
  }

  private static double share(double[] nodes, int i, double value) {
    return Math.min(1.0, Math.max(0.0, (value - nodes[i]) / (nodes[i + 1] - nodes[i])));
  }
}
