package dev.anodyne.estimators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.ModelFile;
import dev.anodyne.estimators.network.NetworkEstimator;
import dev.anodyne.estimators.twin.DigitalTwin;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstimatorsTest {
  private static final CellParameters LGM50 = CellParameters.load("lgm50");
  private static final PackLayout FOUR = new PackLayout(4, 1);

  @Test
  void makesEveryNameForTheDefaultCell() {
    assertThat(Estimators.create("physics", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(DigitalTwin.class);
    assertThat(Estimators.create("augmented", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(NetworkEstimator.class);
    assertThat(Estimators.create("informed", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(NetworkEstimator.class);
    assertThat(Estimators.create("learned", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(NetworkEstimator.class);
    assertThat(Estimators.defaultFor(LGM50)).isEqualTo("augmented");
  }

  /** What a server's start asks of shipped cells is what making an estimator would say. */
  @Test
  void whatIsUsableOnAShippedCellIsKnownWithoutMakingIt() {
    for (String name : CellParameters.shippedNames()) {
      CellParameters cell = CellParameters.load(name);
      for (String estimator : Estimators.NAMES) {
        for (String stated : List.of("", ":calibrated", ":ordinary")) {
          String asked = estimator + stated;
          assertThat(told(() -> Estimators.requireUsableOnShipped(asked, cell)))
              .as("%s on %s", asked, name)
              .isEqualTo(told(() -> Estimators.requireUsable(asked, cell)));
        }
      }
    }
  }

  private static String told(Runnable asked) {
    try {
      asked.run();
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void readsAModelFile(@TempDir Path folder) {
    Path file = folder.resolve("own.json");
    ModelFile.write(Estimators.shipped(FeatureSet.AUGMENTED, LGM50).orElseThrow(), file);
    assertThat(Estimators.create(file.toString(), LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(NetworkEstimator.class);
    CellParameters other = CellParameters.load("chen2020");
    assertThatThrownBy(
            () -> Estimators.create(file.toString(), other, FOUR, EstimatorOptions.DEFAULT))
        .hasMessageContaining("was trained for cell lgm50")
        .hasMessageContaining("chen2020");
  }

  @Test
  void aStatementAboutTheSensorsIsPartOfAName(@TempDir Path folder) {
    assertThat(Estimators.create("physics:calibrated", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(DigitalTwin.class);
    assertThat(Estimators.create("augmented:calibrated", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(NetworkEstimator.class);
    assertThat(Estimators.sensorsOf("augmented:calibrated")).isEqualTo(SensorClass.CALIBRATED);
    assertThat(Estimators.sensorsOf("augmented")).isEqualTo(SensorClass.UNSTATED);
    assertThat(Estimators.withSensors("physics", SensorClass.CALIBRATED))
        .isEqualTo("physics:calibrated");
    Path file = folder.resolve("own.json");
    BoundFile shipped = BoundFile.shipped(LGM50, SensorClass.CALIBRATED).orElseThrow();
    shipped.write(file);
    assertThat(Estimators.sensorsOf(file.toString())).isEqualTo(SensorClass.CALIBRATED);
  }

  @Test
  void boundsAreNotUsedForSensorsThatTheyWereNotCalibratedWith(@TempDir Path folder) {
    Path file = folder.resolve("own.json");
    ModelFile.write(Estimators.shipped(FeatureSet.AUGMENTED, LGM50).orElseThrow(), file);
    EstimatorOptions stated = EstimatorOptions.DEFAULT.withSensors(SensorClass.CALIBRATED);
    assertThatThrownBy(
            () -> Estimators.create("learned:calibrated", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .hasMessageContaining("learned has no bounds for calibrated sensors")
        .hasMessageContaining("\nMaybe");
    assertThatThrownBy(() -> Estimators.create(file.toString(), LGM50, FOUR, stated))
        .hasMessageContaining("no bounds for calibrated sensors");
    CellParameters other = CellParameters.load("chen2020");
    assertThatThrownBy(() -> Estimators.create("physics", other, FOUR, stated))
        .hasMessageContaining("chen2020");
    assertThatThrownBy(
            () -> Estimators.create("physics:exact", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .hasMessageContaining("ordinary, calibrated");
  }

  @Test
  void otherCellsFallBackToPhysics() {
    CellParameters other = CellParameters.load("chen2020");
    assertThat(Estimators.defaultFor(other)).isEqualTo("physics");
    assertThat(Estimators.create("physics", other, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(DigitalTwin.class);
    assertThatThrownBy(() -> Estimators.create("augmented", other, FOUR, EstimatorOptions.DEFAULT))
        .hasMessageContaining("no trained model for cell chen2020")
        .hasMessageContaining("anodyne train");
  }

  @Test
  void unknownNamesListWhatIsAllowed() {
    assertThatThrownBy(() -> Estimators.create("augmentd", LGM50, FOUR, EstimatorOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("physics, learned, augmented, informed")
        .hasMessageContaining("Maybe augmented");
  }

  @Test
  void optionsRefuseWhatCannotBe() {
    assertThatThrownBy(() -> EstimatorOptions.DEFAULT.withInitialSoc(30))
        .hasMessageContaining("allowed is 0 to 1")
        .hasMessageContaining("percent");
    assertThatThrownBy(() -> EstimatorOptions.DEFAULT.withAmbientKelvin(25))
        .hasMessageContaining("°C");
    assertThatThrownBy(() -> EstimatorOptions.DEFAULT.withHeatTransfer(-1))
        .hasMessageContaining("W/m²K");
    assertThatThrownBy(() -> EstimatorOptions.DEFAULT.withPeriodSeconds(0))
        .hasMessageContaining("0 to 60 s");
  }

  /** What they share is never written to: one does not notice another that runs in between. */
  @Test
  void estimatorsShareTheShippedNetworkAndNothingElse() {
    assertThat(Estimators.shipped(FeatureSet.AUGMENTED, LGM50).orElseThrow())
        .isSameAs(Estimators.shipped(FeatureSet.AUGMENTED, LGM50).orElseThrow());
    StateEstimator alone = augmented();
    StateEstimator beside = augmented();
    StateEstimator other = augmented();
    for (int second = 0; second < 30; second++) {
      CellEstimate expected = alone.update(sample(second, 3.7, 5), command(5));
      other.update(sample(second, 3.9, 1), command(1));
      CellEstimate found = beside.update(sample(second, 3.7, 5), command(5));
      assertThat(found.anodePotentialLowerBoundVolts())
          .isEqualTo(expected.anodePotentialLowerBoundVolts());
      assertThat(found.soc()).isEqualTo(expected.soc());
    }
  }

  private static StateEstimator augmented() {
    return Estimators.create("augmented", LGM50, FOUR, EstimatorOptions.DEFAULT);
  }

  private static CurrentCommand command(double amps) {
    return new CurrentCommand(amps, 16.8, Long.MAX_VALUE);
  }

  private static Measurement sample(int second, double cellVolts, double amps) {
    return new Measurement(
        second * 1_000_000_000L,
        amps,
        4 * cellVolts,
        298.15,
        cellVolts,
        cellVolts + 0.001,
        298.15,
        298.15,
        Quality.GOOD);
  }
}
