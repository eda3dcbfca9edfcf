package dev.anodyne.controller.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The mixture that the study states is the one that it draws. */
class StudyBatteryTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double NEW_OHM = StudyBattery.newOhm(CELL);
  private static final List<StudyBattery> BATTERIES =
      IntStream.range(0, 600).mapToObj(n -> StudyBattery.of(1, n, CELL, NEW_OHM)).toList();

  @Test
  void theSameNumberIsTheSameBattery() {
    assertThat(StudyBattery.of(1, 17, CELL, NEW_OHM)).isEqualTo(BATTERIES.get(17));
    assertThat(StudyBattery.of(2, 17, CELL, NEW_OHM)).isNotEqualTo(BATTERIES.get(17));
  }

  /** 200 each are expected, with a deviation of 11.5: five of them. */
  @Test
  void aThirdIsOfEachAge() {
    for (StudyBattery.Age age : StudyBattery.Age.values()) {
      assertThat(BATTERIES.stream().filter(b -> b.age() == age).count()).isBetween(142L, 258L);
    }
  }

  @Test
  void agedBatteriesLoseWhatIsStatedAndGrowFilmsThatTheirLithiumCanMake() {
    for (StudyBattery b : BATTERIES) {
      double lost = b.ageing().lossOfLithium().mean();
      double film = b.ageing().seiGrowthM().mean();
      assertThat(lost == 0).isEqualTo(b.age() == StudyBattery.Age.NEW);
      assertThat(film).isBetween(0.0, Math.min(1e-7, 2.7e-6 * lost));
      // Film and other resistance together: 0.3 and 0.6 times a new cell's, 43 mΩ·A·h for 100 nm;
      // only a film that drops more than its age's whole growth may exceed it.
      double ohm = b.ageing().resistanceOhm().mean() + 0.43e6 / 5 * film;
      double grown =
          switch (b.age()) {
            case NEW -> 0;
            case MIDDLE -> 0.3 * NEW_OHM;
            case OLD -> 0.6 * NEW_OHM;
          };
      assertThat(ohm).isGreaterThanOrEqualTo(grown - 1e-12);
    }
    assertThat(BATTERIES.stream().filter(b -> b.ageing().seiGrowthM().mean() > 5e-8).count())
        .isGreaterThan(60);
  }
}
