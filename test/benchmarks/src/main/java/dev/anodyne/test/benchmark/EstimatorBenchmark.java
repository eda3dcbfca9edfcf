package dev.anodyne.test.benchmark;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.StateEstimator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One update of an estimator, features included, in a recorded charge of a battery that an earlier
 * session has identified: its twin then runs with all side reactions, the costliest there is. The
 * first minute, in which the state is found, is not timed.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EstimatorBenchmark {

  /** An estimator on its way through the recorded charge, again and again. */
  @State(Scope.Thread)
  public static class Turn {
    @Param({"physics", "learned", "augmented"})
    private String estimator = "physics";

    private RecordedCharge charge = RecordedCharge.NONE;
    private CurrentCommand command = CurrentCommand.zero(0);
    private int next;
    private StateEstimator running =
        (m, c) -> {
          throw new IllegalStateException("The benchmark is not set up.");
        };

    @Setup(Level.Trial)
    public void record() {
      charge = RecordedCharge.make();
      next = charge.samples();
    }

    /** Begins anew at the end of the charge. */
    @Setup(Level.Invocation)
    public void advance() {
      next++;
      if (next >= charge.samples()) {
        running = charge.identifiedEstimator(estimator);
        for (next = 0; next < RecordedCharge.SETTLED_SAMPLES; next++) {
          running.update(charge.measurement(next), command);
        }
      }
    }

    CellEstimate update() {
      return running.update(charge.measurement(next), command);
    }
  }

  /** One sample in, one belief out. */
  @Benchmark
  public CellEstimate update(Turn turn) {
    return turn.update();
  }
}
