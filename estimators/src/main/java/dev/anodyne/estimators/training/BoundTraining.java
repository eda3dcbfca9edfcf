package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.bounds.TrainedRange;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.NetworkEstimator;
import dev.anodyne.estimators.twin.DigitalTwin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Calibrates bounds: simulates batteries of every {@link Population}, lets the estimator follow
 * their first and their identified sessions, and finds the factors with which its bounds hold. The
 * same request gives the same bounds, whatever the number of threads.
 */
public final class BoundTraining {
  private static final int[] SERIES = {1, 4};

  /** Innovations beyond this share of those of the calibration are out of range. */
  private static final double INNOVATION_SHARE = 0.999;

  /** A battery's parameters wander in the filter: a little room beyond what was seen. */
  private static final double SLACK = 0.02;

  private BoundTraining() {}

  /**
   * Calibrates the estimator {@code physics} and, where networks that correct it are shipped for
   * the cell, their bounds on the same sessions.
   *
   * @param sensors how far sensors may be off; the bounds hold for these
   * @param batteries of each population, single and in series; below 100 the bounds of some groups
   *     may have to be pooled
   * @param workers threads
   */
  public static BoundFile physics(
      CellParameters cell,
      SensorClass sensors,
      long seed,
      int batteries,
      int workers,
      TrainingProgress progress) {
    boolean networks = Estimators.shipped(FeatureSet.AUGMENTED, cell).isPresent();
    List<List<ScoredSession>> all =
        simulate(
            cell,
            sensors,
            seed,
            batteries,
            workers,
            networks ? BoundTraining::corrected : BoundTraining::twin,
            progress);
    List<ScoredSession> twins = all.stream().map(s -> s.get(0)).toList();
    BoundTable table = table(twins);
    Map<String, String> card = card(table, twins, sensors, seed, batteries);
    Optional<BoundTable> augmented = Optional.empty();
    if (networks) {
      BoundTable own = table(all.stream().map(s -> s.get(1)).toList());
      augmented = Optional.of(own);
      for (BatteryGroup g : BatteryGroup.values()) {
        card.put("augmented, " + g.name(), text(own.of(g)));
      }
    }
    return new BoundFile(
        cell.name(), cell.nominalCapacityAmpHours(), card, table, sensors, augmented);
  }

  private static CalibrationSubject twin(
      CellParameters cell, PackLayout layout, EstimatorOptions options) {
    DigitalTwin twin = Estimators.uncalibratedTwin(cell, layout, options);
    return new CalibrationSubject(twin, List.of(twin.boundInputs()));
  }

  private static CalibrationSubject corrected(
      CellParameters cell, PackLayout layout, EstimatorOptions options) {
    NetworkEstimator networks = Estimators.uncalibratedNetworks(cell, layout, options);
    return new CalibrationSubject(
        networks, List.of(networks.twin().boundInputs(), networks.boundInputs()));
  }

  /** All sessions, in an order that does not depend on the threads; each of every bound. */
  static List<List<ScoredSession>> simulate(
      CellParameters cell,
      SensorClass sensors,
      long seed,
      int batteries,
      int workers,
      CalibrationSubject.Maker maker,
      TrainingProgress progress) {
    P2dOptions truth = CellIdentifier.physicsOf(cell, P2dOptions.PLANT);
    ExecutorService threads = Executors.newFixedThreadPool(workers);
    try {
      List<Future<List<List<ScoredSession>>>> futures = new ArrayList<>();
      for (Population p : Population.values()) {
        for (int series : SERIES) {
          for (int n = 0; n < p.batteries(batteries, series); n++) {
            CalibrationSession battery =
                new CalibrationSession(cell, truth, p, series, n, sensors, seed);
            futures.add(threads.submit(() -> battery.run(maker)));
          }
        }
      }
      List<List<ScoredSession>> sessions = new ArrayList<>();
      for (int i = 0; i < futures.size(); i++) {
        sessions.addAll(futures.get(i).get());
        progress.advanced("Simulation", (i + 1.0) / futures.size(), sessions.size() + " sessions");
      }
      return sessions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while calibrating bounds.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A calibration session failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The bounds that sessions ask for. */
  static BoundTable table(List<ScoredSession> all) {
    List<ScoredSession> inside = new ArrayList<>();
    List<ScoredSession> beyond = new ArrayList<>();
    for (ScoredSession s : all) {
      if (s.rows() > 0) {
        (Population.valueOf(s.population).isBeyond() ? beyond : inside).add(s);
      }
    }
    return new BoundCalibrator(inside).table(range(inside), beyond);
  }

  private static TrainedRange range(List<ScoredSession> inside) {
    Map<Signal, Interval> signals = new EnumMap<>(Signal.class);
    for (Signal signal : Signal.values()) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (ScoredSession s : inside) {
        for (int r = 0; r < s.rows(); r++) {
          low = Math.min(low, s.signal(r, signal));
          high = Math.max(high, s.signal(r, signal));
        }
      }
      double slack = SLACK * (high - low);
      signals.put(
          signal,
          signal == Signal.INNOVATION
              ? new Interval(
                  0.0,
                  Instants.quantile(
                      inside, INNOVATION_SHARE, (s, r) -> s.signal(r, Signal.INNOVATION)))
              : new Interval(low - slack, high + slack));
    }
    return new TrainedRange(signals);
  }

  private static Map<String, String> card(
      BoundTable table, List<ScoredSession> all, SensorClass sensors, long seed, int batteries) {
    Map<String, String> card = new LinkedHashMap<>();
    card.put(
        "made with",
        text(
            "anodyne train --estimator physics --sensor-accuracy %s --seed %d --sessions %d",
            sensors.text(), seed, batteries));
    card.put("sensors", sensors.limits());
    card.put(
        "promise",
        "Of new sessions drawn like these, 99 % keep the true anode potential above the bound from"
            + " beginning to end where it is within 30 mV of 0 V; of every population by itself"
            + " 95 %, and all for 99 % of the time.");
    for (BatteryGroup g : BatteryGroup.values()) {
      card.put(g.name(), text(table.of(g)));
    }
    BoundCalibrator.populations(all)
        .forEach(
            (name, sessions) ->
                card.put(
                    Population.valueOf(name).text(),
                    text(
                        "%d sessions, %d of them near 0 V",
                        sessions.size(),
                        sessions.stream().filter(ScoredSession::isEverNear).count())));
    return card;
  }

  private static String text(GroupBounds b) {
    return text(
        "%d sessions near 0 V calibrated%s; estimate - %.2f mV g - %.2f (sigma + %.2f mV g) (1 +"
            + " %.2f u)",
        b.sessions(),
        b.pooled() ? " (too few: those of all batteries with as many cells were used)" : "",
        1e3 * b.offsetVolts(),
        b.lowerKappa(),
        1e3 * b.of(Quantity.ANODE_POTENTIAL).unseenSigma(),
        b.of(Quantity.ANODE_POTENTIAL).perDoubt());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
