package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.Target;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class InformedBatchesTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final List<String> NAMES = FeatureSet.INFORMED.names();
  private static final int[] LENGTHS = {17, 1, 40, 0, 9, 60};
  private static final Rows ROWS = rows();

  private static Rows rows() {
    int count = Arrays.stream(LENGTHS).sum();
    float[] x = new float[count * NAMES.size()];
    int[] session = new int[count];
    RandomGenerator random = SeededRandom.of(1L);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(0.0, 1.0);
    }
    int at = 0;
    for (int s = 0; s < LENGTHS.length; s++) {
      for (int r = 0; r < LENGTHS[s]; r++, at++) {
        session[at] = s;
        x[at * NAMES.size() + NAMES.indexOf("Temperature 20 s [K]")] = 298.15f;
      }
    }
    float[] weight = new float[count];
    Arrays.fill(weight, 1f);
    return new Rows(
        count, NAMES.size(), x, new float[count * Target.count()], weight, session, new int[count]);
  }

  private static InformedBatches batches(InputScaling scaling) {
    return new InformedBatches(CELL, FeatureSet.INFORMED, ROWS, scaling);
  }

  private static int[] drawn() {
    // Some rows twice, as weights draw them; in any order.
    int[] drawn = new int[ROWS.count() + 20];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (i * 37 + 11) % ROWS.count();
    }
    return drawn;
  }

  @Test
  void everyRowIsDrawnAsOftenAsWithoutPhysicsInGroupsOfOneSessionInTime() {
    List<List<int[]>> cut = batches(ROWS.scaling()).cut(drawn(), 32, SeededRandom.of(3L));
    int[] all = cut.stream().flatMapToInt(b -> Arrays.stream(InformedBatches.rows(b))).toArray();
    assertThat(all).hasSize(drawn().length);
    assertThat(Arrays.stream(all).sorted().toArray())
        .isEqualTo(Arrays.stream(drawn()).sorted().toArray());
    for (List<int[]> batch : cut) {
      for (int[] group : batch) {
        assertThat(group.length).isBetween(1, InformedBatches.GROUP);
        assertThat(group).isSorted();
        assertThat(Arrays.stream(group).map(r -> ROWS.session()[r]).distinct().count())
            .isEqualTo(1);
      }
    }
    for (List<int[]> batch : cut.subList(0, cut.size() - 1)) {
      assertThat(InformedBatches.rows(batch).length).isBetween(32, 31 + InformedBatches.GROUP);
    }
    // A session's groups are not all in one batch, nor in its order.
    assertThat(cut.get(0).stream().map(g -> ROWS.session()[g[0]]).distinct().count())
        .isGreaterThan(1);
  }

  @Test
  void aProbeIsItsRowWithMoreCurrentAndTheVoltageThatGoesWithIt() {
    InputScaling scaling = ROWS.scaling();
    InformedBatches batches = batches(scaling);
    List<int[]> batch = batches.cut(drawn(), 32, SeededRandom.of(3L)).get(0);
    int[] numbers = InformedBatches.rows(batch);
    PhysicsBatch b = batches.measured(batch);
    int n = NAMES.size();
    double[] scaled = new double[numbers.length * n];
    for (int r = 0; r < numbers.length; r++) {
      for (int i = 0; i < n; i++) {
        scaled[r * n + i] = (ROWS.x()[numbers[r] * n + i] - scaling.mean()[i]) / scaling.scale()[i];
      }
    }
    double[] all = batches.withProbes(b, scaled);
    assertThat(all).hasSize(b.size() * n).startsWith(scaled);
    for (int p = 0; p < b.probed().length; p++) {
      int row = b.probed()[p];
      double[] rise = new double[n];
      for (int i = 0; i < n; i++) {
        rise[i] = (all[(b.rows() + p) * n + i] - all[row * n + i]) * scaling.scale()[i];
      }
      assertThat(rise[NAMES.indexOf("C-rate")]).isCloseTo(0.2, within(1e-9));
      // An lgm50 at 25 °C answers 1 A with 15 to 45 mV at once: 0.2C is 1 A.
      double volts = rise[NAMES.indexOf("Voltage [V]")];
      assertThat(volts).isBetween(0.015, 0.045);
      double slow = rise[NAMES.indexOf("Voltage change 300 s [V]")];
      assertThat(slow).isBetween(0.98 * volts, volts);
      assertThat(rise[NAMES.indexOf("C-rate 300 s")]).isBetween(1e-4, 0.01);
      assertThat(rise[NAMES.indexOf("SoC moved")]).isZero();
      assertThat(rise[NAMES.indexOf("First voltage [V]")]).isZero();
      assertThat(b.amps()[row])
          .isCloseTo(
              CELL.nominalCapacityAmpHours() * ROWS.x()[numbers[row] * n + NAMES.indexOf("C-rate")],
              within(1e-6));
    }
  }
}
