package dev.anodyne.mpc.optimum;

import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fastest charge of a cell model. From a greedy charge, successive linear programs over
 * the whole charge maximise what is charged by the end of the mesh; the end follows the time at
 * which the target is reached; the mesh is refined until that time hardly moves.
 *
 * <p>The result is a local optimum of a piecewise-constant current, as all direct methods give. It
 * is a bound for controllers of this model, mesh and period as far as other starts lead to the same
 * time, which tests show for the reference charge.
 */
public final class OpenLoopOptimum {
  /**
   * Longest move of the finest mesh, s, unless the period is longer. With lgm50 at 25 °C halving it
   * once more would change the time by 0.04 %.
   */
  private static final double FINEST_SECONDS = 2.5;

  /** Longest moves of the meshes, one after the other, in those of the finest. */
  private static final double[] REFINEMENT = {4.0, 2.0, 1.0};

  /** Rounds of correcting by the fine simulation on each mesh. */
  private static final int MOST_ROUNDS = 5;

  /** A violation of this much in the fine simulation is none, in slack units (mV, 0.1 K …). */
  private static final double TOLERATED = 0.01;

  private final OptimumTask task;
  private final FineCharge fine;
  private int programs;
  private double promisedShare = Double.NaN;
  private double greedySeconds = Double.NaN;
  private double seconds = Double.NaN;
  private double[] amps = {};
  private @Nullable ChargeMesh mesh;
  private SolveStatus status = SolveStatus.NOT_RUN;

  private OpenLoopOptimum(OptimumTask task) {
    this.task = task;
    fine = new FineCharge(task);
  }

  /**
   * Finds the optimum.
   *
   * @throws IllegalStateException when the cell cannot be charged to the target within the limits
   */
  public static OpenLoopPlan find(OptimumTask task) {
    double[] longest = new double[REFINEMENT.length];
    for (int i = 0; i < longest.length; i++) {
      longest[i] = REFINEMENT[i] * Math.max(FINEST_SECONDS, task.periodSeconds());
    }
    return find(task, longest, Double.NaN);
  }

  /**
   * The same on other meshes and from a constant current; from the greedy charge when it is NaN.
   */
  static OpenLoopPlan find(OptimumTask task, double[] longestMoveSeconds, double startAmps) {
    OpenLoopOptimum search = new OpenLoopOptimum(task);
    double last = Double.NaN;
    for (int i = 0; i < longestMoveSeconds.length; i++) {
      last = search.seconds;
      search.refine(longestMoveSeconds[i], startAmps);
    }
    return search.result(search.seconds / last - 1.0);
  }

  private void refine(double longestMoveSeconds, double startAmps) {
    StartingRide.Ride greedy = new StartingRide(task, 0.0).ride(longestMoveSeconds);
    ChargeMesh before = mesh;
    if (before == null) {
      mesh = greedy.mesh();
      if (Double.isNaN(startAmps)) {
        amps = greedy.amps();
      } else {
        amps = new double[greedy.amps().length];
        Arrays.fill(amps, startAmps);
      }
    } else {
      mesh = ChargeMesh.until(seconds, task.periodSeconds(), longestMoveSeconds);
      amps = mesh.resample(before, amps);
    }
    fine.run(greedy.mesh(), greedy.amps());
    greedySeconds = fine.secondsToTarget();
    settle(longestMoveSeconds);
  }

  /** Optimises on a mesh whose end follows the target, until the fine simulation agrees. */
  private void settle(double longestMoveSeconds) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      ChargeMesh now = Objects.requireNonNull(mesh);
      ChargeSearch search = new ChargeSearch(task, now);
      if (fine.run(now, amps).isUsable()) {
        search.correctBy(fine, amps);
      }
      status = search.improve(amps);
      programs += search.programs();
      promisedShare = search.promisedShare();
      SolveStatus judged = fine.run(now, amps);
      if (!judged.isUsable()) {
        status = judged;
        return;
      }
      seconds = fine.secondsToTarget();
      if (Double.isNaN(seconds)) {
        follow(now, now.endSeconds() + longestMoveSeconds, longestMoveSeconds);
      } else if (seconds <= now.startSeconds(now.moves() - 1)) {
        follow(now, seconds, longestMoveSeconds);
      } else if (violation() <= TOLERATED) {
        return;
      }
    }
  }

  private void follow(ChargeMesh from, double endSeconds, double longestMoveSeconds) {
    ChargeMesh next = ChargeMesh.until(endSeconds, task.periodSeconds(), longestMoveSeconds);
    amps = next.resample(from, amps);
    mesh = next;
  }

  private double violation() {
    double worst = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < ConstraintClass.count(); c++) {
      worst = Math.max(worst, fine.worstExcess(ConstraintClass.at(c)));
    }
    return worst;
  }

  private OpenLoopPlan result(double meshChange) {
    ChargeMesh now = Objects.requireNonNull(mesh);
    if (Double.isNaN(seconds)) {
      throw new IllegalStateException(
          "The search for the optimum did not reach the target: " + status + ".");
    }
    double[] starts = new double[now.moves()];
    for (int j = 0; j < starts.length; j++) {
      starts[j] = now.startSeconds(j);
    }
    return new OpenLoopPlan(
        starts,
        amps,
        seconds,
        greedySeconds,
        meshChange,
        promisedShare,
        violation(),
        programs,
        status);
  }
}
