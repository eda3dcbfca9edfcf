package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal, departure, tariff and announced caps of a connector. */
class ChargeWishTest {
  /** The night in which clocks go back an hour, at 03:00. */
  private static final ZonedDateTime EVENING =
      ZonedDateTime.of(2026, 10, 24, 22, 0, 0, 0, ZoneId.of("Europe/Berlin"));

  private static final double HOUR = 3600;

  @TempDir private Path folder;

  private ConnectorConfig connector(String more) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("station.yaml"),
            """
            connectors:
              - id: C1
                charger: {endpoint: "opc.tcp://localhost:1", user: u, password: p, delaySeconds: 0.4}
                battery: {cell: lgm50, layout: 4s1p}
            """
                + more);
    return StationConfigReader.read(file).connectors().get(0);
  }

  @Test
  void aDepartureAloneAsksForTheLeastAgeingAndWithATariffForTheLeastCost() throws IOException {
    ChargeWish wish = connector("    departure: \"06:30\"\n").wish();
    assertThat(wish.goalOr(false)).isEqualTo(ChargeGoal.leastAgeing());
    assertThat(wish.goalOr(true)).as("the policy's own goal counts").isNull();
    assertThat(wish.isDated()).isTrue();
    // Half past six is nine and a half hours away that night, not eight and a half.
    assertThat(wish.outlook(EVENING, PackLayout.SINGLE_CELL).departureSeconds())
        .isEqualTo(9.5 * HOUR);
    Files.writeString(
        folder.resolve("night.csv"), "Time of day,Price [1/kWh]\n06:00,0.3\n23:00,0.1\n");
    ChargeWish priced = connector("    departureMinutes: 480\n    tariff: night.csv\n").wish();
    assertThat(priced.goalOr(false)).isEqualTo(ChargeGoal.leastCost());
    Outlook outlook = priced.outlook(EVENING, PackLayout.SINGLE_CELL);
    assertThat(outlook.departureSeconds()).isEqualTo(8 * HOUR);
    assertThat(outlook.pricePerKilowattHour().at(0)).as("since 6 o'clock").isEqualTo(0.3);
    assertThat(outlook.pricePerKilowattHour().at(1.01 * HOUR)).isEqualTo(0.1);
    assertThat(outlook.pricePerKilowattHour().at(9.01 * HOUR)).isEqualTo(0.3);
    assertThat(outlook.pricePerKilowattHour().at(26.01 * HOUR)).as("the next night").isEqualTo(0.1);
  }

  @Test
  void nothingIsAskedForUnlessItIsWritten() throws IOException {
    ConnectorConfig plain = connector("");
    assertThat(plain.wish()).isEqualTo(ChargeWish.NONE);
    assertThat(plain.wish().goalOr(false)).isNull();
    assertThat(plain.wish().outlook(EVENING, plain.layout())).isEqualTo(Outlook.NONE);
    assertThat(plain.chargerDelaySeconds()).isEqualTo(0.4);
  }

  @Test
  void announcedCapsAreTheBatterysAndPlansAreACells() throws IOException {
    ConnectorConfig c = connector("    announcedCaps: [{from: 10, maxWatts: 200}, {from: 30}]\n");
    Outlook outlook = c.wish().outlook(EVENING, c.layout());
    assertThat(outlook.maxPowerWatts().at(599)).isInfinite();
    assertThat(outlook.maxPowerWatts().at(601)).isCloseTo(50, within(1e-12));
    assertThat(outlook.maxPowerWatts().at(1801)).isInfinite();
    assertThat(c.wish().isDated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "goal: soon|station.yaml:5: connectors[0].goal: 'soon' is unknown; allowed: fastest, ageing",
        "goal: ageing|needs a departure",
        "departure: 25:00|station.yaml:5: connectors[0].departure: '25:00' is not allowed",
        "departure: 480|departureMinutes: 480 is meant",
        "departureMinutes: 0|connectors[0].departureMinutes is '0.0'; allowed: 1 to 2880 min",
        "tariff: none.csv|cannot be read",
        "'announcedCaps: [{maxWatts: 5}]'|announcedCaps[0].from is missing",
        "'announcedCaps: [{from: 5, maxWatts: -1}]'|maxWatts is '-1.0'; allowed: 0 W or more",
        "'announcedCaps: [{from: 5}, {from: \"06:00\"}]'|mixed; allowed: one of them",
      })
  void errorsNameTheKeyTheValueAndWhatIsAllowed(String line, String message) {
    assertThatThrownBy(() -> connector("    " + line.replace("'", "") + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTariffNamesTheLineThatIsWrong() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "Time of day,Price [1/kWh]\n06:00,0.3\n05:00,0.1\n");
    assertThatThrownBy(() -> connector("    tariff: t.csv\n"))
        .hasMessageContaining("t.csv")
        .hasMessageContaining("times must ascend");
    Files.writeString(folder.resolve("t.csv"), "Time of day,Price [1/kWh]\n06:00,cheap\n");
    assertThatThrownBy(() -> connector("    tariff: t.csv\n"))
        .hasMessageContaining("line 2: 'cheap' is not a number");
  }
}
