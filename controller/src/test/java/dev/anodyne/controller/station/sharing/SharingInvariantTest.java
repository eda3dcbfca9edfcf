package dev.anodyne.controller.station.sharing;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever happens, the chargers never draw more than the grid connection gives. */
class SharingInvariantTest {
  @Property(tries = 50)
  void chargersNeverDrawMoreThanTheGridGives(@ForAll long seed) {
    run(seed, 400);
  }

  /** A million steps; {@code docs/sharing.md} names the command. */
  @Test
  @Tag("slow")
  void chargersNeverDrawMoreThanTheGridGivesInAMillionSteps() {
    for (int seed = 0; seed < 500; seed++) {
      run(seed, 2000);
    }
    System.out.println("500 stations, 1,000,000 steps: no violation");
  }

  private static void run(long seed, int steps) {
    SharingSimulation simulation = new SharingSimulation(seed, seed % 2 == 0);
    for (int i = 0; i < steps; i++) {
      simulation.step();
    }
  }
}
