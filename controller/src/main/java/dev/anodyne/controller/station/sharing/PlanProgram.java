package dev.anodyne.controller.station.sharing;

import dev.anodyne.mpc.lp.LinearProgram;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;

/**
 * The linear program of a plan, solved several times with other objectives. In kW, h and kWh, which
 * keeps all numbers within some orders of magnitude.
 *
 * <p>Variables: the power of each charge in each slot, taken and given by the site's battery, used
 * of the site's generation, and one level for max-min fairness. Rows: the grid connection in each
 * slot, the energy of each charge, its fairness, the battery's state of charge after each slot, and
 * one for a quantity that is to be kept.
 */
final class PlanProgram implements AutoCloseable {
  private static final double KILO = 1000;
  private static final double NANOS = 1e9;

  /** Solvers keep bounds to about this; what was reached is asked for again with this much room. */
  static final double ROOM = 1e-6;

  private static final double NONE = Double.POSITIVE_INFINITY;

  final PlanRequest request;
  final PlanSlots slots;
  final int charges;
  private final LinearProgram lp;
  private final double[] kept;
  private final double[] limitKilowatts;
  private final long limitNanos;

  PlanProgram(PlanRequest request, PlanSlots slots, long limitNanos) {
    this.request = request;
    this.slots = slots;
    this.limitNanos = limitNanos;
    this.charges = request.charges().size();
    int k = slots.count();
    this.lp = new OrToolsLinearProgram(charges * k + 3 * k + 1, 2 * k + 2 * charges + 1);
    this.kept = new double[lp.variables()];
    this.limitKilowatts = new double[k];
    balance();
    energies();
    storage();
  }

  int power(int charge, int slot) {
    return charge * slots.count() + slot;
  }

  int take(int slot) {
    return charges * slots.count() + slot;
  }

  int give(int slot) {
    return take(slot) + slots.count();
  }

  int generation(int slot) {
    return give(slot) + slots.count();
  }

  private int level() {
    return lp.variables() - 1;
  }

  private int energyRow(int charge) {
    return 2 * slots.count() + charge;
  }

  private int fairRow(int charge) {
    return 2 * slots.count() + charges + charge;
  }

  private int keptRow() {
    return lp.rows() - 1;
  }

  /** Most that a charge may have in a slot, kW; nothing after its departure. */
  private double most(int charge, int slot) {
    PlanRequest.Charge c = request.charges().get(charge);
    double watts = Math.min(c.bay().ratingWatts(), c.wish().usableWatts());
    double share = slots.hoursBefore(slot, deadlineSeconds(charge)) / slots.hours(slot);
    return watts / KILO * share;
  }

  /** By when a charge is to be done, s; at least one slot ahead. */
  double deadlineSeconds(int charge) {
    PlanRequest.Charge c = request.charges().get(charge);
    double margin = request.settings().departureMarginSeconds();
    return Math.max(slots.seconds(0) / 3, c.wish().deadlineSeconds(margin));
  }

  boolean departs(int charge) {
    return request.charges().get(charge).wish().hasDeparture();
  }

  /** What a charge needs, kWh; an hour at full power when nobody knows. */
  double needed(int charge) {
    Wish wish = request.charges().get(charge).wish();
    double known = wish.neededWattHours() / KILO;
    return known >= 0 ? known : wish.usableWatts() / KILO;
  }

  private void balance() {
    SiteAhead ahead = request.ahead();
    double fixed = (request.settings().baseLoadWatts() + request.reservedWatts()) / KILO;
    for (int k = 0; k < slots.count(); k++) {
      long from = request.nowNanos() + Math.round(slots.from(k) * NANOS);
      long to = from + Math.round(slots.seconds(k) * NANOS) - 1;
      limitKilowatts[k] = request.limit().lowest(from, to) / KILO;
      double sun = ahead.generationWatts().mean(ahead.seconds(from), ahead.seconds(to)) / KILO;
      for (int i = 0; i < charges; i++) {
        lp.setVariableBounds(power(i, k), 0, most(i, k));
        lp.setCoefficient(k, power(i, k), 1);
      }
      lp.setVariableBounds(generation(k), 0, sun);
      lp.setCoefficient(k, generation(k), -1);
      // What is bought: never negative, since nothing is sold.
      lp.setRowBounds(k, -fixed, Math.max(-fixed, limitKilowatts[k] - fixed));
    }
  }

  private void energies() {
    for (int i = 0; i < charges; i++) {
      for (int k = 0; k < slots.count(); k++) {
        lp.setCoefficient(energyRow(i), power(i, k), slots.hours(k));
      }
      lp.setRowBounds(energyRow(i), 0, needed(i));
    }
  }

  private void storage() {
    SiteSettings.Storage s = request.settings().storage();
    if (s == null) {
      return;
    }
    double capacity = s.capacityWattHours() / KILO;
    double has = request.storageSoc() * capacity;
    double least = Math.min(has, s.minSoc() * capacity);
    double most = Math.max(has, s.maxSoc() * capacity);
    for (int k = 0; k < slots.count(); k++) {
      lp.setVariableBounds(take(k), 0, s.powerWatts() / KILO);
      lp.setVariableBounds(give(k), 0, s.powerWatts() / KILO);
      lp.setCoefficient(k, take(k), 1);
      lp.setCoefficient(k, give(k), -1);
      int row = slots.count() + k;
      for (int j = 0; j <= k; j++) {
        lp.setCoefficient(row, take(j), s.efficiency() * slots.hours(j));
        lp.setCoefficient(row, give(j), -slots.hours(j) / s.efficiency());
      }
      lp.setRowBounds(row, least - has, most - has);
    }
  }

  /** Energy of a charge over the whole plan, kWh. */
  double energy(int charge) {
    double sum = 0;
    for (int k = 0; k < slots.count(); k++) {
      sum += slots.hours(k) * lp.value(power(charge, k));
    }
    return sum;
  }

  /** Measures the fairness of a charge: by energy until a time, kWh. */
  void measureFairness(int charge, double untilSeconds) {
    for (int k = 0; k < slots.count(); k++) {
      boolean counts = slots.from(k) < untilSeconds;
      lp.setCoefficient(fairRow(charge), power(charge, k), counts ? slots.hours(k) : 0);
    }
  }

  /** What is measured of a charge is at least a level times its size, plus what is between. */
  void fair(int charge, double size, double least, double most) {
    lp.setCoefficient(fairRow(charge), level(), -size);
    lp.setRowBounds(fairRow(charge), least, most);
  }

  /** What is measured of a charge does not matter. */
  void free(int charge) {
    lp.setCoefficient(fairRow(charge), level(), 0);
    lp.setRowBounds(fairRow(charge), -NONE, NONE);
  }

  /** What is measured of a charge, kWh. */
  double measured(int charge, double untilSeconds) {
    double sum = 0;
    for (int k = 0; k < slots.count() && slots.from(k) < untilSeconds; k++) {
      sum += slots.hours(k) * lp.value(power(charge, k));
    }
    return sum;
  }

  /** The level may be anything between these. */
  void levelBetween(double least, double most) {
    lp.setVariableBounds(level(), least, most);
  }

  double levelValue() {
    return lp.value(level());
  }

  LpStatus raiseLevel() {
    double[] weights = new double[lp.variables()];
    weights[level()] = 1;
    return maximise(weights);
  }

  /** The largest weighted sum of variables. */
  LpStatus maximise(double[] weights) {
    for (int i = 0; i < weights.length; i++) {
      lp.setObjective(i, weights[i]);
    }
    return lp.solve(limitNanos);
  }

  /** A sum of variables stays at least what it was, from now on. */
  void keep(double[] weights, double least) {
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != kept[i]) {
        lp.setCoefficient(keptRow(), i, weights[i]);
        kept[i] = weights[i];
      }
    }
    lp.setRowBounds(keptRow(), least - ROOM * Math.max(1, Math.abs(least)), NONE);
  }

  double objective() {
    return lp.objectiveValue();
  }

  double value(int variable) {
    return lp.value(variable);
  }

  int variables() {
    return lp.variables();
  }

  double limitKilowatts(int slot) {
    return limitKilowatts[slot];
  }

  /** Price of a kWh in a slot. */
  double price(int slot) {
    SiteAhead ahead = request.ahead();
    double from = ahead.seconds(request.nowNanos()) + slots.from(slot);
    return ahead.pricePerKilowattHour().mean(from, from + slots.seconds(slot));
  }

  /** What draws in every slot whatever is planned, kW. */
  double fixedKilowatts() {
    return (request.settings().baseLoadWatts() + request.reservedWatts()) / KILO;
  }

  @Override
  public void close() {
    lp.close();
  }
}
