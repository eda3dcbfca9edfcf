package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.test.system.KilledStation.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed at any moment, as if the power had failed. After each kill {@link
 * KilledStation} asserts, from the charger's side: nothing flows after the last command has
 * expired; the next server commands nothing before a measurement that was made after it had
 * connected; its first decision was made on such a measurement; a charge that was under way goes on
 * with its id, one that was being stopped goes on or has ended with a reason. What is kept is
 * sound, at most one sample of each server is missing, and every recording gives the same commands
 * again.
 */
class KillTest {
  @TempDir Path folder;

  @Test
  @Timeout(300)
  void killedFourTimes() throws Exception {
    assertThat(kill(folder, 1, 3)).isEqualTo(4);
  }

  @Test
  @Tag("slow")
  @Timeout(7200)
  void killedTwoHundredTimes() throws Exception {
    int lanes = 2;
    ExecutorService pool = Executors.newFixedThreadPool(lanes);
    List<Future<Integer>> all = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      int lane = i;
      Callable<Integer> work = () -> kill(folder.resolve("lane" + lane), 10 + lane, 75);
      all.add(pool.submit(work));
    }
    int kills = 0;
    for (Future<Integer> one : all) {
      kills += one.get();
    }
    pool.shutdown();
    assertThat(kills).isGreaterThanOrEqualTo(200);
  }

  /** Each moment in turn; kills and starts of one station, and the number of kills. */
  private static int kill(Path folder, long seed, int times) throws Exception {
    Moment[] moments = Moment.values();
    try (KilledStation station = new KilledStation(folder, "cccv:0.5", seed)) {
      station.start();
      for (int i = 0; i < times; i++) {
        station.killAndRestart(moments[i % moments.length]);
      }
      station.judgeWhatIsKept();
      return station.kills();
    }
  }
}
