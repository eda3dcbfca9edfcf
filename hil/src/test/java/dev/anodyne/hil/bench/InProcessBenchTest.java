package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.fault.FaultBench;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessBenchTest {
  private static final PlantConfig CONFIG =
      PlantConfig.of(CellParameters.load("lgm50"), new PackLayout(6, 2))
          .withSpread(CellSpread.PRODUCTION);

  private static SimulatedPack pack(int threads) {
    SimulatedPack pack = new SimulatedPack(CONFIG);
    pack.setThreads(threads, 0);
    return pack;
  }

  /** Charges with 10 A less 1 A for each 10 mV that a cell reads above 3.6 V. */
  private static CurrentCommand decide(double highestVolts, long now) {
    double amps = Math.max(0, 10 - 100 * Math.max(0, highestVolts - 3.6));
    return new CurrentCommand(amps, 30, now + 3_000_000_000L);
  }

  /** Every channel at every tick of a charge with faults. */
  private static List<double[]> trace(SimulatedPack pack) throws InterruptedException {
    Channels channels = pack.channels();
    FaultBench faults = new FaultBench(pack.plant(), null);
    faults.make("sensor.noise", "sensor.cell[*].voltage", 3).start(0.01, 5, 0);
    faults.make("plant.softShort", "pack.cell[3]", 3).start(5, 10, 0);
    int[] all = new int[channels.count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    List<double[]> rows = new ArrayList<>();
    InProcessBench bench =
        new InProcessBench(
            pack,
            Pacing.lockstep(1),
            (image, now) -> {
              faults.step(now);
              return decide(image.measurement().maxCellVoltageVolts(), now);
            });
    bench.setListener(
        now -> {
          double[] row = new double[all.length];
          channels.readAll(all, row);
          rows.add(row);
        });
    bench.run(30);
    return rows;
  }

  @Test
  void lockstepRepeatsBitForBitWithOneThreadOrTwo() throws Exception {
    List<double[]> first = trace(pack(1));
    List<double[]> second = trace(pack(1));
    List<double[]> shared = trace(pack(2));
    assertThat(first).hasSize(31);
    for (int i = 0; i < first.size(); i++) {
      assertThat(second.get(i)).as("tick %d", i).isEqualTo(first.get(i));
      assertThat(shared.get(i)).as("tick %d with two threads", i).isEqualTo(first.get(i));
    }
    int current = pack(1).channels().index("pack.current");
    assertThat(first.get(30)[current]).isGreaterThan(5);
  }

  @Test
  void aSecondRunGoesOnWhereTheFirstEnded() throws Exception {
    SimulatedPack pack = pack(1);
    InProcessBench bench =
        new InProcessBench(pack, Pacing.lockstep(1), (image, now) -> decide(0, now));
    bench.run(5);
    bench.run(5);
    assertThat(pack.plant().timeSeconds()).isEqualTo(10);
  }

  @Test
  void statisticsTellWhetherTheClockWasKept() throws Exception {
    SimulatedPack pack = pack(1);
    Pacing pacing = new Pacing(Pacing.Mode.REALTIME, 1, 0.05, 1);
    PacingStatistics statistics =
        new InProcessBench(pack, pacing, (image, now) -> decide(0, now)).run(1);
    assertThat(statistics.steps()).isEqualTo(20);
    assertThat(statistics.schedulingPolicy()).isEqualTo("SCHED_OTHER");
    assertThat(statistics.collector()).contains("collections");
    PacingStatistics.Times times = new PacingStatistics.Times(1, 1, 1, 1);
    PacingStatistics late = new PacingStatistics(1000, 2, 0, times, times, "", "");
    assertThat(late.isKept(0.002)).isTrue();
    assertThat(late.isKept(0.001)).isFalse();
    assertThat(late.whyNot(0.001)).startsWith("INVALID: 2 of 1000 steps overran");
    assertThat(new PacingStatistics(1000, 0, 1, times, times, "", "").isKept(1)).isFalse();
  }

  @Test
  void askingForPriorityNeverFailsTheRun() {
    assertThat(RealtimePriority.request(0)).isEqualTo("SCHED_OTHER");
    String[] said = new String[1];
    Thread asking = new Thread(() -> said[0] = RealtimePriority.request(1));
    asking.start();
    try {
      asking.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(said[0]).matches("SCHED_FIFO 1|SCHED_OTHER \\(.*\\)");
  }
}
