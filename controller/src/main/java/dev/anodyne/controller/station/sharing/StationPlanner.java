package dev.anodyne.controller.station.sharing;

import dev.anodyne.mpc.lp.LpStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The slow layer: plans a day of a station by linear programs on OR-Tools' GLOP, one goal after the
 * other; what an earlier goal has reached is kept by the later ones.
 *
 * <ol>
 *   <li>Energy by the departures: by priority, and within one by max-min fairness of the share of
 *       what each needs.
 *   <li>Of the charges without a departure: max-min fairness of the weighted energy of the next
 *       hour, then all of them as early as possible.
 *   <li>Cost: energy is bought when it is cheap, the site's battery and generation help.
 * </ol>
 *
 * Between the first two the least power is found that departures need <em>now</em>. Blocks for as
 * long as the solves take: call it on a worker.
 */
public final class StationPlanner {
  /** Most charges that are planned; a program of more would take minutes. */
  public static final int MOST_CHARGES = 250;

  private static final double KILO = 1000;
  private static final double HOUR = 3600;
  private static final long SOLVE_NANOS = 5_000_000_000L;

  /** Wear of the site's battery, as a share of the mean price: it is not cycled for nothing. */
  private static final double WEAR = 0.05;

  /** What is left in it is worth this share of the mean price. */
  private static final double LEFT = 0.9;

  /** Among equal prices the earlier one is taken. */
  private static final double SOON = 1e-3;

  private final PlanProgram program;
  private final List<Integer> departing = new ArrayList<>();
  private final List<Integer> others = new ArrayList<>();

  private StationPlanner(PlanProgram program) {
    this.program = program;
    for (int i = 0; i < program.charges; i++) {
      (program.departs(i) ? departing : others).add(i);
    }
  }

  /** Makes a plan; one that could not be made says so. */
  public static StationPlan plan(PlanRequest request) {
    long began = System.nanoTime();
    if (request.charges().size() > MOST_CHARGES) {
      return StationPlan.failed(request.nowNanos(), LpStatus.NOT_SOLVED, 0);
    }
    PlanSlots slots = PlanSlots.of(request.charges().size());
    try (PlanProgram program = new PlanProgram(request, slots, SOLVE_NANOS)) {
      return new StationPlanner(program).solve(began);
    }
  }

  private StationPlan solve(long began) {
    LpStatus status = departures();
    double[] due = new double[program.charges];
    if (status.hasSolution()) {
      status = due(due);
    }
    if (status.hasSolution()) {
      status = fairness();
    }
    if (status.hasSolution()) {
      status = cost();
    }
    long took = System.nanoTime() - began;
    return status.hasSolution()
        ? result(status, due, took)
        : StationPlan.failed(program.request.nowNanos(), status, took);
  }

  /** First goal: one priority after the other. */
  private LpStatus departures() {
    double[] until = new double[program.charges];
    double[] needed = new double[program.charges];
    for (int i : departing) {
      until[i] = Double.POSITIVE_INFINITY;
      needed[i] = program.needed(i);
    }
    MaxMin fair = new MaxMin(program, until, needed, needed);
    LpStatus status = LpStatus.OPTIMAL;
    List<Integer> priorities =
        departing.stream()
            .map(this::priority)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int priority : priorities) {
      status = fair.raise(departing.stream().filter(i -> priority(i) == priority).toList());
      if (!status.hasSolution()) {
        return status;
      }
    }
    return status;
  }

  private int priority(int charge) {
    return program.request.charges().get(charge).bay().priority();
  }

  private double weight(int charge) {
    return program.request.charges().get(charge).bay().weight();
  }

  /** The least that departures need now. */
  private LpStatus due(double[] dueWatts) {
    double[] weights = new double[program.variables()];
    for (int i : departing) {
      weights[program.power(i, 0)] = -1;
    }
    LpStatus status = program.maximise(weights);
    if (status.hasSolution()) {
      for (int i : departing) {
        dueWatts[i] = Math.max(0, KILO * program.value(program.power(i, 0)));
      }
    }
    return status;
  }

  /** Second goal. */
  private LpStatus fairness() {
    int n = program.charges;
    double[] until = new double[n];
    double[] size = new double[n];
    double[] most = new double[n];
    for (int i : others) {
      Wish wish = program.request.charges().get(i).wish();
      until[i] = HOUR;
      size[i] = weight(i);
      most[i] = Math.min(program.needed(i), wish.usableWatts() / KILO);
    }
    LpStatus status = new MaxMin(program, until, size, most).raise(others);
    double[] early = new double[program.variables()];
    for (int i : others) {
      for (int k = 0; k < program.slots.count(); k++) {
        double later = (double) k / program.slots.count();
        early[program.power(i, k)] = weight(i) * (1 - 0.9 * later) * program.slots.hours(k);
      }
    }
    if (status.hasSolution() && !others.isEmpty()) {
      status = program.maximise(early);
      if (status.hasSolution()) {
        program.keep(early, program.objective());
      }
    }
    return status;
  }

  /** Third goal. */
  private LpStatus cost() {
    PlanSlots slots = program.slots;
    double mean = 0;
    double hours = 0;
    for (int k = 0; k < slots.count(); k++) {
      mean += Math.abs(program.price(k)) * slots.hours(k);
      hours += slots.hours(k);
    }
    mean = Math.max(mean / hours, 1e-3);
    SiteSettings.Storage storage = program.request.settings().storage();
    double efficiency = storage == null ? 1 : storage.efficiency();
    double[] weights = new double[program.variables()];
    for (int k = 0; k < slots.count(); k++) {
      double h = slots.hours(k);
      double price = program.price(k);
      for (int i = 0; i < program.charges; i++) {
        weights[program.power(i, k)] = -h * (price + SOON * mean * k / slots.count());
      }
      double worth = LEFT * mean;
      weights[program.take(k)] = h * (efficiency * worth - price - WEAR * mean);
      weights[program.give(k)] = h * (price - worth / efficiency - WEAR * mean);
      weights[program.generation(k)] = h * (price + SOON * mean);
    }
    return program.maximise(weights);
  }

  private StationPlan result(LpStatus status, double[] due, long tookNanos) {
    boolean shifts = program.request.settings().shifts();
    Map<String, StationPlan.Charge> charges = new LinkedHashMap<>();
    for (int i = 0; i < program.charges; i++) {
      double planned = Math.max(0, KILO * program.value(program.power(i, 0)));
      charges.put(
          program.request.charges().get(i).bay().id(),
          new StationPlan.Charge(
              due[i],
              shifts && program.departs(i) ? planned : Double.POSITIVE_INFINITY,
              KILO * program.measured(i, HOUR),
              KILO * program.needed(i),
              KILO * program.energy(i)));
    }
    List<StationPlan.Slot> slots = slots();
    double cost = 0;
    for (StationPlan.Slot slot : slots) {
      cost += slot.gridWatts() / KILO * slot.seconds() / HOUR * slot.price();
    }
    double give = slots.isEmpty() ? 0 : slots.get(0).storageDischargeWatts();
    return new StationPlan(
        program.request.nowNanos(), status, tookNanos, slots, charges, give, cost);
  }

  private List<StationPlan.Slot> slots() {
    SiteSettings.Storage storage = program.request.settings().storage();
    double soc = storage == null ? Double.NaN : program.request.storageSoc();
    List<StationPlan.Slot> slots = new ArrayList<>();
    for (int k = 0; k < program.slots.count(); k++) {
      double connectors = 0;
      for (int i = 0; i < program.charges; i++) {
        connectors += program.value(program.power(i, k));
      }
      double give = program.value(program.give(k));
      double take = program.value(program.take(k));
      double sun = program.value(program.generation(k));
      if (storage != null) {
        double in = storage.efficiency() * take - give / storage.efficiency();
        soc += in * program.slots.hours(k) * KILO / storage.capacityWattHours();
      }
      slots.add(
          new StationPlan.Slot(
              program.slots.from(k),
              program.slots.seconds(k),
              KILO * program.limitKilowatts(k),
              program.price(k),
              KILO * connectors,
              KILO * (connectors + program.fixedKilowatts() + take - give - sun),
              KILO * (give - take),
              KILO * sun,
              soc));
    }
    return slots;
  }
}
