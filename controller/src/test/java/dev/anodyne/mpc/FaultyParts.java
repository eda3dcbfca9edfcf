package dev.anodyne.mpc;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.lp.ForwardingLinearProgram;
import dev.anodyne.mpc.lp.LinearProgram;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;

/** The real solver and the real twin, until they are told to fail. */
final class FaultyParts {
  /** What the solver does. */
  enum Solver {
    SOUND,
    INFEASIBLE,
    ABNORMAL,
    UNBOUNDED,
    TIME_LIMIT,
    THROWS,
    SLOW
  }

  /** What the estimator does. */
  enum Belief {
    SOUND,
    NOT_VALID,
    NAN,
    INFINITE,
    NAN_TWIN,
    THROWS
  }

  Solver solver = Solver.SOUND;
  Belief belief = Belief.SOUND;
  int failedSolves;
  private long clockNanos;

  /** Stands still but for solves that are slow. */
  NanoClock clock() {
    return () -> clockNanos;
  }

  LinearProgram program(int variables, int rows) {
    return new FaultyProgram(new OrToolsLinearProgram(variables, rows));
  }

  StateEstimator around(StateEstimator real) {
    return (measurement, applied) -> answer(real, measurement, applied);
  }

  private CellEstimate answer(StateEstimator real, Measurement m, CurrentCommand applied) {
    CellEstimate e = real.update(m, applied);
    return switch (belief) {
      case SOUND -> e;
      case NOT_VALID -> bent(e, false, e.soc(), e.anodePotentialLowerBoundVolts());
      case NAN -> bent(e, true, e.soc(), Double.NaN);
      case INFINITE -> bent(e, true, e.soc(), Double.POSITIVE_INFINITY);
      case NAN_TWIN -> bent(e, true, Double.NaN, Double.NaN);
      case THROWS -> throw new IllegalStateException("injected");
    };
  }

  private static CellEstimate bent(CellEstimate e, boolean valid, double soc, double bound) {
    return new CellEstimate(
        e.timeNanos(),
        valid,
        e.inRange(),
        e.chargeCurrentAmps(),
        e.voltageVolts(),
        e.temperatureKelvin(),
        soc,
        bound,
        bound,
        e.anodeSurfaceStoichiometry(),
        e.anodeSurfaceStoichiometryAtSeparator(),
        e.cathodeSurfaceStoichiometry(),
        e.coreTemperatureKelvin(),
        e.voltageBiasVolts(),
        e.twinState());
  }

  private final class FaultyProgram extends ForwardingLinearProgram {
    private LpStatus forced = LpStatus.OPTIMAL;

    FaultyProgram(LinearProgram real) {
      super(real);
    }

    @Override
    public LpStatus solve(long timeLimitNanos) {
      forced =
          switch (solver) {
            case SOUND, SLOW -> LpStatus.OPTIMAL;
            case INFEASIBLE -> LpStatus.INFEASIBLE;
            case ABNORMAL -> LpStatus.ABNORMAL;
            case UNBOUNDED -> LpStatus.UNBOUNDED;
            case TIME_LIMIT -> LpStatus.TIME_LIMIT;
            case THROWS -> LpStatus.NOT_SOLVED;
          };
      if (solver != Solver.SOUND) {
        failedSolves++;
      }
      if (solver == Solver.SLOW) {
        clockNanos += 600_000_000L;
      }
      if (solver == Solver.THROWS) {
        throw new IllegalStateException("injected");
      }
      return forced == LpStatus.OPTIMAL ? super.solve(0) : forced;
    }

    @Override
    public LpStatus status() {
      return forced == LpStatus.OPTIMAL ? super.status() : forced;
    }
  }
}
