package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The site of a station's file: defaults, and what is refused with line, key and reason. */
class SiteReaderTest {
  @TempDir private Path folder;

  private SiteConfig read(String site) throws IOException {
    String connector =
        """
          - {id: %s, charger: {endpoint: "opc.tcp://127.0.0.1:9/x", user: u, password: p},
             battery: {cell: lgm50, layout: 4s1p}, policy: "cccv:1", estimator: physics}
        """;
    String text =
        "http: {port: 0}\n"
            + site
            + "\nconnectors:\n"
            + connector.formatted("C1")
            + connector.formatted("C2");
    return StationConfigReader.read(Files.writeString(folder.resolve("station.yaml"), text)).site();
  }

  @Test
  void withoutASiteNothingIsShared() throws IOException {
    assertThat(read("")).isNull();
  }

  @Test
  void aLimitIsEnough() throws IOException {
    SiteConfig site = read("site: {limitWatts: 60000}");
    assertThat(site.lowestLimitWatts()).isEqualTo(60_000);
    assertThat(site.safeLimitWatts()).isEqualTo(60_000);
    assertThat(site.budgetSeconds()).isEqualTo(10);
    assertThat(site.shifts()).isFalse();
    assertThat(site.share("C1").maxWatts()).isEqualTo(60_000);
    assertThat(site.share("C1").efficiency()).isEqualTo(0.92);
  }

  @Test
  void everythingCanBeSaidAndAConnectorHasItsOwn() throws IOException {
    Files.writeString(folder.resolve("t.csv"), "Time of day,Price [1/kWh]\n06:00,0.3\n22:00,0.1\n");
    SiteConfig site =
        read(
            """
            site:
              limitWatts: 60000
              limits: [{from: "17:00", maxWatts: 40000}, {from: "20:00", maxWatts: 60000}]
              lowestLimitWatts: 8000
              safeLimitWatts: 20000
              baseLoadWatts: 1000
              tariff: t.csv
              fallbackWatts: 1400
              minWatts: 2000
              battery: {powerWatts: 20000, capacityWattHours: 50000, firm: true}
              generation: {forecast: [{from: "08:00", watts: 9000}, {from: "18:00", watts: 0}], firmShare: 0.2}
              connectors:
                C2: {maxWatts: 22000, fallbackWatts: 0, weight: 2, priority: 9}
            """);
    ZonedDateTime noon = ZonedDateTime.of(2026, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC);
    assertThat(site.limitsFrom(noon).at(4 * 3600)).isEqualTo(60_000);
    assertThat(site.limitsFrom(noon).at(5 * 3600)).isEqualTo(40_000);
    assertThat(site.pricesFrom(noon).at(11 * 3600)).isEqualTo(0.1);
    assertThat(site.generationFrom(noon).at(0)).isEqualTo(9000);
    assertThat(site.shifts()).isTrue();
    assertThat(site.share("C1").fallbackWatts()).isEqualTo(1400);
    assertThat(site.share("C2").minWatts()).as("as for all").isEqualTo(2000);
    assertThat(site.share("C2").priority()).isEqualTo(9);
    assertThat(site.battery().firm()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          site: {}                                                                  | limitWatts is missing
          site: 5                                                                   | a mapping with limitWatts
          site: {limitWatts: 0}                                                     | site.limitWatts is '0'
          site: {limitWatts: 100, limit: 5}                                         | site.limit is not a known key
          site: {limitWatts: 100, safeLimitWatts: 200}                              | '200 W' is above limitWatts, 100 W
          site: {limitWatts: 100, lowestLimitWatts: 200}                            | '200 W' is above the lowest of
          site: {limitWatts: 100, lowestLimitWatts: 50, safeLimitWatts: 20}         | below lowestLimitWatts, 50 W
          site: {limitWatts: 9000, lowestLimitWatts: 3000, fallbackWatts: 2000}     | fall-backs of all connectors (4000 W)
          site: {limitWatts: 9000, baseLoadWatts: 6000, fallbackWatts: 2000}        | do not fit below the lowest limit
          site: {limitWatts: 9000, minWatts: 9500}                                  | above what the charger can draw
          site: {limitWatts: 9000, baseLoadWatts: 5000, minWatts: 4500}             | never fits
          site: {limitWatts: 9000, connectors: {C3: {weight: 2}}}                   | C3 is not a known key
          site: {limitWatts: 9000, connectors: {C1: {maxWatts: 5, fallbackWatts: 9}}} | site.connectors.C1.fallbackWatts
          site: {limitWatts: 9000, connectors: {C1: {priority: 11}}}                | site.connectors.C1.priority is '11'
          site: {limitWatts: 9000, efficiency: 92}                                  | site.efficiency is '92'
          site: {limitWatts: 9000, limits: [{from: "25:00", maxWatts: 5}]}          | '25:00' is not allowed
          site: {limitWatts: 9000, limits: [{from: "17:00", maxWatts: 9500}]}       | '9500 W' is above limitWatts
          site: {limitWatts: 9000, battery: {powerWatts: 5}}                        | site.battery.capacityWattHours is missing
          site: {limitWatts: 9000, tariff: nowhere.csv}                             | cannot be read
          """)
  void contradictionsAreRefusedWithLineAndKey(String site, String complaint) {
    assertThatThrownBy(() -> read(site))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("station.yaml:2: site")
        .hasMessageContaining(complaint);
  }
}
