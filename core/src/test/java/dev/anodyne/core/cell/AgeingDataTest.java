package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.bpx.BpxException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeingDataTest {
  private static final String REMOVED = "";

  @ParameterizedTest
  @CsvSource({"chen2020", "okane2022", "lgm50", "marquis2019", "ecker2015"})
  void shippedSetsHoldEverySeiModel(String name) {
    CellParameters cell = CellParameters.load(name);
    assertThat(cell.seiModel()).isEqualTo(SeiModel.SOLVENT_DIFFUSION);
    for (SeiModel model : SeiModel.values()) {
      CellParameters other = cell.withSeiModel(model);
      assertThat(other.seiModel()).isEqualTo(model);
      assertThat(other.sei()).isPresent();
    }
  }

  /** Values of the sets' fact sheets. */
  @Test
  void lawsOfLgm50() {
    CellParameters cell = CellParameters.load("lgm50");
    SeiLaw diffusion = cell.sei().orElseThrow().law();
    assertThat(diffusion.diffusionMolPerMSecond()).isEqualTo(2.5e-22 * 2636);
    assertThat(diffusion.reactionAmpsPerM2()).isInfinite();
    SeiLaw reaction = cell.withSeiModel(SeiModel.REACTION).sei().orElseThrow().law();
    assertThat(reaction).isEqualTo(new SeiLaw(1.5e-7, 0.4, 0.5, Double.POSITIVE_INFINITY));
    SeiLaw ec = cell.withSeiModel(SeiModel.EC_REACTION).sei().orElseThrow().law();
    assertThat(ec).isEqualTo(new SeiLaw(96485.33212 * 4541.0 * 1e-12, 0.4, 0.5, 4541.0 * 2e-18));
  }

  @Test
  void onlyPartiallyReversiblePlatingDies() {
    CellParameters cell = CellParameters.load("lgm50");
    assertThat(cell.platingModel()).isEqualTo(PlatingModel.PARTIALLY_REVERSIBLE);
    assertThat(cell.plating().orElseThrow().deadLithiumRatePerSecond()).isEqualTo(1e-6);
    for (PlatingModel model :
        new PlatingModel[] {PlatingModel.REVERSIBLE, PlatingModel.IRREVERSIBLE}) {
      PlatingData data = cell.withPlatingModel(model).plating().orElseThrow();
      assertThat(data.model()).isEqualTo(model);
      assertThat(data.deadLithiumRatePerSecond()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EC reaction limited, EC_REACTION",
    "ec-reaction, EC_REACTION",
    "reaction limited, REACTION",
    "Solvent-diffusion limited, SOLVENT_DIFFUSION"
  })
  void aFileSaysWhichSeiModelItsConstantsAreFor(String text, SeiModel model) {
    assertThat(EditedCell.of("lgm50", Map.of("SEI model", text)).seiModel()).isEqualTo(model);
  }

  @Test
  void withoutAWordTheConstantsDecide() {
    CellParameters cell =
        EditedCell.of("lgm50", Map.of("SEI solvent diffusivity [m2.s-1]", REMOVED));
    assertThat(cell.seiModel()).isEqualTo(SeiModel.REACTION);
    CellParameters ec =
        EditedCell.of(
            "lgm50",
            Map.of(
                "SEI solvent diffusivity [m2.s-1]",
                REMOVED,
                "SEI reaction exchange current density [A.m-2]",
                REMOVED));
    assertThat(ec.seiModel()).isEqualTo(SeiModel.EC_REACTION);
  }

  @Test
  void aFileSaysWhichPlatingItsConstantsAreFor() {
    CellParameters cell =
        EditedCell.of(
            "lgm50",
            Map.of(
                "Lithium plating model",
                "irreversible",
                "Dead lithium decay constant [s-1]",
                REMOVED));
    assertThat(cell.platingModel()).isEqualTo(PlatingModel.IRREVERSIBLE);
    assertThat(cell.plating()).isPresent();
    assertThatThrownBy(() -> cell.withPlatingModel(PlatingModel.PARTIALLY_REVERSIBLE))
        .isInstanceOf(BadCellException.class)
        .hasMessageContaining("Dead lithium decay constant [s-1]");
  }

  @Test
  void missingKeysAreNamed() {
    CellParameters cell = CellParameters.load("prada2013");
    assertThat(cell.sei()).isEmpty();
    assertThat(cell.missingSeiKeys())
        .contains("SEI solvent diffusivity [m2.s-1]", "Initial SEI thickness [m]");
    assertThat(cell.missingPlatingKeys()).contains("Lithium plating kinetic rate constant [m.s-1]");
    assertThatThrownBy(() -> cell.withSeiModel(SeiModel.EC_REACTION))
        .isInstanceOf(BadCellException.class)
        .hasMessageContaining("prada2013")
        .hasMessageContaining("EC diffusivity [m2.s-1]")
        .hasMessageContaining("Maybe");
  }

  @ParameterizedTest
  @CsvSource({
    "Initial SEI thickness [m], 0, > 0",
    "EC diffusivity [m2.s-1], -1e-18, > 0",
    "Lithium plating transfer coefficient, 1.5, '[0, 1]'",
    "Dead lithium decay constant [s-1], -1, ≥ 0",
    "Contact resistance [Ohm], -0.01, ≥ 0"
  })
  void impossibleConstantsAreRefused(String key, double value, String allowed) {
    assertThatThrownBy(() -> EditedCell.of("lgm50", Map.of(key, value)))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(String.valueOf(value))
        .hasMessageContaining(allowed);
  }

  @Test
  void unknownModelsAreRefused() {
    assertThatThrownBy(() -> EditedCell.of("lgm50", Map.of("SEI model", "magic")))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining("magic")
        .hasMessageContaining("ec-reaction");
  }
}
