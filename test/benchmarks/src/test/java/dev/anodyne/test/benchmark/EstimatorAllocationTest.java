package dev.anodyne.test.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.Estimators;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An update leaves its answer on the heap and nothing else. */
class EstimatorAllocationTest {
  /**
   * The estimate: 17 fields and eight intervals with headers are some 400 bytes; twice that leaves
   * room for a machine that does not compile small objects away. One array of the model's size
   * would be above 2 kB.
   */
  private static final double MOST_BYTES = 1000;

  private static RecordedCharge charge = RecordedCharge.NONE;

  @BeforeAll
  static void record() {
    charge = RecordedCharge.make();
  }

  static List<String> names() {
    return Estimators.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void anUpdateAllocatesItsAnswer(String name) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    StateEstimator estimator = charge.identifiedEstimator(name);
    CurrentCommand command = CurrentCommand.zero(0);
    int half = charge.samples() / 2;
    for (int i = 0; i < half; i++) { // classes are loaded, code is compiled
      estimator.update(charge.measurement(i), command);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = half; i < charge.samples(); i++) {
      estimator.update(charge.measurement(i), command);
    }
    long after = threads.getCurrentThreadAllocatedBytes();
    assertThat((after - before) / (double) (charge.samples() - half)).isLessThan(MOST_BYTES);
  }
}
