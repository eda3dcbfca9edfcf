package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.network.NetworkModel;
import dev.anodyne.estimators.network.Target;
import dev.anodyne.estimators.training.SessionData.Column;
import dev.anodyne.estimators.twin.BackOff;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Figures of a model, and of the twin alone, on sessions that nothing was fitted to. */
final class Evaluation {
  private static final double SETTLED_SECONDS = 60.0;

  private static final List<Stratum> SHIPPED =
      List.of(
          new Stratum("reference charge, series", s -> s.reference && s.series > 1 && !s.aged),
          new Stratum("reference charge, single", s -> s.reference && s.series == 1 && !s.aged),
          new Stratum("broad", s -> !s.reference && !s.aged),
          new Stratum("mildly aged", s -> s.aged));
  private static final String BEYOND_NAME = "beyond the range";
  private static final List<Stratum> WIDE = byKnowledge();
  private static final List<Stratum> BEYOND =
      List.of(
          beyond("colder", s -> s.label.get(Condition.AMBIENT_KELVIN) < 273.15 - 10),
          beyond("hotter", s -> s.label.departs(WidePlan.HOT)),
          beyond("faster", s -> s.label.departs(WidePlan.FAST)),
          beyond("older", s -> s.label.departs(Battery.OLD)));

  private Evaluation() {}

  /** Each departure from the nominal conditions, with a nominal twin and with an identified one. */
  private static List<Stratum> byKnowledge() {
    List<Stratum> strata = new ArrayList<>();
    for (boolean identified : new boolean[] {false, true}) {
      String who = identified ? ", identified" : ", first session";
      Predicate<SessionData> known = s -> s.identified() == identified;
      strata.add(new Stratum("whole grid" + who, known));
      strata.add(
          new Stratum(
              "nominal, single" + who,
              known.and(s -> s.label.departs(SessionLabel.NOMINAL) && s.series == 1)));
      for (String departure :
          List.of(
              SessionLabel.NOMINAL,
              WidePlan.REFERENCE,
              Battery.AGED,
              Battery.MISMATCH,
              Battery.BIASED,
              Battery.DEGRADED,
              WidePlan.COLD)) {
        strata.add(new Stratum(departure + who, known.and(s -> s.label.departs(departure))));
      }
    }
    return strata;
  }

  private static Stratum beyond(String how, Predicate<SessionData> which) {
    return new Stratum(BEYOND_NAME + " (" + how + ")", which);
  }

  /** One estimator's value, bound and stoichiometries for a row. */
  private interface Judged {
    double anode(int row);

    double bound(int row);
  }

  /** Figures of a model trained on the shipped plan. */
  static Map<String, Double> of(
      NetworkModel model, CellParameters cell, List<SessionData> sessions) {
    return of(model, cell, sessions, SHIPPED);
  }

  /** Figures by departure from the nominal conditions; a session may be in several strata. */
  static Map<String, Double> ofWide(
      NetworkModel model,
      CellParameters cell,
      List<SessionData> test,
      List<SessionData> extrapolation) {
    Map<String, Double> metrics = of(model, cell, test, WIDE);
    of(model, cell, extrapolation, BEYOND)
        .forEach(
            (name, value) -> {
              if (name.contains(BEYOND_NAME)) {
                metrics.put(name, value);
              }
            });
    return metrics;
  }

  private static Map<String, Double> of(
      NetworkModel model, CellParameters cell, List<SessionData> sessions, List<Stratum> strata) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    Map<SessionData, Answers> answers = new java.util.IdentityHashMap<>();
    for (SessionData s : sessions) {
      answers.put(
          s, Answers.of(model.kind(), model.members(), model.scaling(), model.sigmaScale(), s));
    }
    String name = model.kind().estimatorName();
    stoichiometries(metrics, sessions, answers);
    RowIdentities.put(metrics, RowIdentities.of(cell, sessions, answers));
    for (Stratum stratum : strata) {
      List<SessionData> part = sessions.stream().filter(stratum.which).toList();
      if (part.isEmpty()) {
        continue;
      }
      judge(metrics, name + ", " + stratum.name, part, s -> network(model, s, answers));
      judge(metrics, "physics, " + stratum.name, part, s -> twin(model.twinBackOff(), s));
    }
    return metrics;
  }

  private record Stratum(String name, Predicate<SessionData> which) {}

  private static Judged network(
      NetworkModel model, SessionData s, Map<SessionData, Answers> answers) {
    Answers a = java.util.Objects.requireNonNull(answers.get(s));
    BoundTable table = model.bounds();
    BatteryGroup group = NetworkBounds.group(s);
    return new Judged() {
      @Override
      public double anode(int row) {
        return table.anodePotential(
            group, a.get(row, Target.ANODE_POTENTIAL), Calibrator.growth(s, row));
      }

      @Override
      public double bound(int row) {
        return table.lowerBound(
            group,
            anode(row),
            a.sigma(row, Target.ANODE_POTENTIAL),
            Calibrator.growth(s, row),
            a.doubt(row),
            table.range().distance(NetworkBounds.signals(s, row)));
      }
    };
  }

  private static Judged twin(BackOff backOff, SessionData s) {
    double offset = s.series > 1 ? backOff.offsetSeriesVolts() : backOff.offsetSingleVolts();
    double margin = s.series > 1 ? backOff.marginSeriesVolts() : backOff.marginSingleVolts();
    return new Judged() {
      @Override
      public double anode(int row) {
        return s.get(row, Column.TWIN_ANODE_POTENTIAL) - offset * Calibrator.growth(s, row);
      }

      @Override
      public double bound(int row) {
        return anode(row) - margin * Calibrator.growth(s, row) - s.get(row, Column.FINDING_VOLTS);
      }
    };
  }

  private static void judge(
      Map<String, Double> metrics,
      String name,
      List<SessionData> sessions,
      java.util.function.Function<SessionData, Judged> judges) {
    double squares = 0.0;
    int count = 0;
    List<Double> optimistic = new ArrayList<>();
    List<Double> gaps = new ArrayList<>();
    int near = 0;
    int broken = 0;
    int rowsBelow = 0;
    for (SessionData s : sessions) {
      Judged judge = judges.apply(s);
      boolean isNear = false;
      boolean isBroken = false;
      for (int r = 0; r < s.rows; r++) {
        double truth = s.get(r, Column.TRUE_ANODE_POTENTIAL);
        double error = judge.anode(r) - truth;
        if (s.get(r, Column.SECONDS) >= SETTLED_SECONDS) {
          squares += error * error;
          count++;
        }
        if (Calibrator.isNear(truth)) {
          isNear = true;
          double gap = truth - judge.bound(r);
          optimistic.add(error);
          gaps.add(gap);
          isBroken |= gap < 0.0;
          rowsBelow += gap < 0.0 ? 1 : 0;
        }
      }
      near += isNear ? 1 : 0;
      broken += isBroken ? 1 : 0;
    }
    put(metrics, name + ": RMSE [mV]", 1e3 * Math.sqrt(squares / Math.max(count, 1)));
    put(metrics, name + ": sessions within 30 mV of 0 V", near);
    if (near > 0) {
      put(metrics, name + ": p99 optimistic error there [mV]", 1e3 * at(optimistic, 0.99));
      put(metrics, name + ": median truth minus bound there [mV]", 1e3 * at(gaps, 0.5));
      put(
          metrics,
          name + ": truth above bound there [% of rows]",
          100.0 * (1.0 - rowsBelow / (double) gaps.size()));
      put(metrics, name + ": sessions that ever broke the bound there", broken);
    }
  }

  private static void stoichiometries(
      Map<String, Double> metrics, List<SessionData> sessions, Map<SessionData, Answers> answers) {
    for (Target t :
        List.of(
            Target.ANODE_SURFACE,
            Target.ANODE_SURFACE_AT_SEPARATOR,
            Target.CATHODE_SURFACE,
            Target.ANODE_MEAN,
            Target.CATHODE_MEAN,
            Target.SOC)) {
      double squares = 0.0;
      int count = 0;
      for (SessionData s : sessions) {
        Answers a = java.util.Objects.requireNonNull(answers.get(s));
        for (int r = 0; r < s.rows; r++) {
          if (s.get(r, Column.SECONDS) >= SETTLED_SECONDS) {
            double e = a.get(r, t) - s.get(r, Rows.truthColumn(t));
            squares += e * e;
            count++;
          }
        }
      }
      put(
          metrics,
          t.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " RMSE [%]",
          100.0 * Math.sqrt(squares / Math.max(count, 1)));
    }
  }

  private static double at(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(v -> v).toArray();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(Math.round(share * (sorted.length - 1)), sorted.length - 1L)];
  }

  private static void put(Map<String, Double> metrics, String name, double value) {
    metrics.put(name, Math.round(value * 1000.0) / 1000.0);
  }
}
