package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.mpc.spec.PolicySpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page can draw the plan of every decision. */
class FanDataTest {
  @Test
  void everyPlanReadsBackAsItWas() {
    Map<String, Object> data = FanData.of(run(plan(0, 15, 3), plan(1, 12.5, 2)), 100);
    assertThat(data.get("minutes")).isEqualTo(List.of(0.0, 1.0));
    assertThat(data.get("steps")).isEqualTo(3);
    double[] amps = read(data, "current");
    // Sixteen bits of a range of a few amperes: half a step is below 0.1 mA.
    assertThat(amps)
        .containsExactly(new double[] {15, 14, 13, 12.5, 11.5, Double.NaN}, within(1e-4));
    assertThat(read(data, "temperatureC")[0]).isCloseTo(25.0, within(1e-3));
    assertThat(read(data, "anodeMv")[1]).isCloseTo(14, within(1e-3));
    assertThat(read(data, "ahead")[2]).isCloseTo(3, within(1e-3));
  }

  @Test
  void manyPlansAreThinnedEvenly() {
    TimedPlan[] plans = new TimedPlan[1000];
    for (int i = 0; i < plans.length; i++) {
      plans[i] = plan(i, 5, 2);
    }
    List<?> minutes = (List<?>) FanData.of(run(plans), 250).get("minutes");
    assertThat(minutes).hasSize(250);
    assertThat(minutes.get(249)).isEqualTo(996.0);
  }

  @Test
  void aPolicyWithoutPlansHasNoFan() {
    assertThat(FanData.of(run(), 100)).isEmpty();
  }

  private static double[] read(Map<String, Object> data, String name) {
    Map<?, ?> channel = (Map<?, ?>) data.get(name);
    ByteBuffer bytes =
        ByteBuffer.wrap(Base64.getDecoder().decode((String) channel.get("data")))
            .order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[bytes.capacity() / 2];
    for (int i = 0; i < values.length; i++) {
      int at = Short.toUnsignedInt(bytes.getShort());
      values[i] =
          at == 0xffff
              ? Double.NaN
              : (double) channel.get("low") + (double) channel.get("step") * at;
    }
    return values;
  }

  private static RunResult run(TimedPlan... plans) {
    RunRecorder recorder = new RunRecorder(dev.anodyne.core.charging.PackLayout.SINGLE_CELL);
    List<TimedPlan> kept = new ArrayList<>(List.of(plans));
    return recorder
        .finish(
            new RunRecorder.Names(
                "MPC",
                "mpc",
                "physics",
                "lgm50",
                1,
                PolicySpec.named("mpc").withName("mpc", "7").identity()),
            true,
            new RunLimits(15, 4.2, 318.15, 0),
            0)
        .withPlans(kept);
  }

  /** Falls by an ampere a step. */
  private static TimedPlan plan(int minute, double amps, int steps) {
    double[] ahead = new double[steps];
    double[] current = new double[steps];
    double[] anode = new double[steps];
    double[] kelvin = new double[steps];
    for (int k = 0; k < steps; k++) {
      ahead[k] = k + 1;
      current[k] = amps - k;
      anode[k] = 1e-3 * (amps - k);
      kelvin[k] = 298.15 + k;
    }
    return new TimedPlan(
        60.0 * minute, new PlanAhead(ahead, current, kelvin, anode, kelvin, anode));
  }
}
