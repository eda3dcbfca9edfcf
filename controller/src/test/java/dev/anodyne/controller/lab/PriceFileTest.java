package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.charging.StepSeries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tariffs as people write them, and what is said about broken ones. */
class PriceFileTest {
  @TempDir Path folder;

  @Test
  void readsSteps() throws IOException {
    StepSeries prices = PriceFile.read(file("Time [min],Price [1/kWh]\n0,0.4\n\n90, -0.02\n"));
    assertThat(prices.at(60 * 89)).isEqualTo(0.4);
    assertThat(prices.at(60 * 91)).isEqualTo(-0.02);
    assertThat(prices.at(-1)).isEqualTo(0.4);
  }

  @Test
  void namesTheLineThatIsWrong() throws IOException {
    refused("Time,Price\n0,1\n", "line 1: the header must be \"Time [min],Price [1/kWh]\".");
    refused("Time [min],Price [1/kWh]\n", "line 2: there is no price.");
    refused("Time [min],Price [1/kWh]\n0,0.4\n0,0.5\n", "line 3: times must ascend.");
    refused("Time [min],Price [1/kWh]\n0;0.4\n", "line 2: two numbers are needed, there are 1");
    refused("Time [min],Price [1/kWh]\n0,NaN\n", "line 2: 'NaN' is not a number.");
    assertThatThrownBy(() -> PriceFile.read(folder.resolve("none.csv")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be read");
  }

  private void refused(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> PriceFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("prices.csv"), text);
  }
}
