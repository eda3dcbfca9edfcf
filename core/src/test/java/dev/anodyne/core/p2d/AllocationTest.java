package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.anodyne.core.cell.CellParameters;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final double AMBIENT = 298.15;

  /** A step, an algebraic solve and a rollout with sensitivities leave the heap alone. */
  @Test
  void nothingIsAllocated() {
    P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.PLANT);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    P2dState start = model.newState(0.2, AMBIENT);
    P2dState state = model.newState(0.2, AMBIENT);
    P2dRollout rollout = new P2dRollout(model, 4, 2);
    double[] dt = {10, 10, 10, 10};
    int[] moves = {0, 0, 1, 1};
    double[] amps = {10, 5};
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long used = 0;
    for (int round = 0; round < 20; round++) {
      state.copyFrom(start);
      long before = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
      P2dStepper.step(model, state, P2dControl.CURRENT, 10, 10, AMBIENT, workspace, outputs);
      P2dStepper.step(model, state, P2dControl.VOLTAGE, 4.1, 10, AMBIENT, workspace, outputs);
      P2dStepper.outputs(model, state, -5, workspace, outputs);
      rollout.run(state, 4, dt, moves, amps, AMBIENT, true);
      used = bean.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
    // The measuring call itself may allocate a few bytes; one array of the model is 200 or more.
    assertThat(used).isLessThan(200);
  }
}
