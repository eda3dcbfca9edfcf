package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.plantsim.pack.AgeingSpread;
import dev.anodyne.plantsim.pack.AgeingSpread.Share;
import dev.anodyne.plantsim.pack.CellSpread;
import dev.anodyne.plantsim.pack.PackBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchConfigTest {
  private static final String LOG_IN = "server: {user: controller, password: secret}\n";

  @TempDir Path directory;

  @Test
  void theBenchMayLookLikeAnotherCharger() throws IOException {
    String asVendor = LOG_IN.replace("secret}", "secret, model: centiamp}");
    assertThat(load(asVendor).settings().model()).isEqualTo(BenchModel.CENTIAMP);
    assertThat(load(LOG_IN).settings().model()).isEqualTo(BenchModel.ANODYNE);
    assertThatThrownBy(() -> load(LOG_IN.replace("secret}", "secret, model: volta}")))
        .hasMessageContaining("'volta'")
        .hasMessageContaining("anodyne, centiamp");
    assertThatThrownBy(() -> load(asVendor + "pacing: {mode: lockstep}\n"))
        .hasMessageContaining("no lock-step clock");
  }

  @Test
  void everyKeyIsTaken() throws IOException {
    BenchConfig config =
        load(
            """
            cell: lgm50
            layout: 2s3p
            initialSoc: 0.25
            ambientC: 10
            heatTransfer: 15
            maxCRate: 2
            seed: 42
            spread: {capacitySigma: 0.02}
            ageing:
              lossOfLithium: 0.05
              lossOfLithiumSigma: 0.01
              lossOfAnode: 0.03
              lossOfAnodeSigma: 0.006
              lossOfCathode: 0.02
              lossOfCathodeSigma: 0.004
              seiGrowthM: 1.0e-8
              seiGrowthSigmaM: 2.0e-9
              resistanceOhm: 0.002
              resistanceSigmaOhm: 0.0005
            pack: {busbarOhms: 0.0003, linkOhms: 0.0002, ambientGradientKelvin: 5, neighbourWattsPerKelvin: 0.4}
            sensors: {voltageNoiseVolts: 0.002}
            charger: {maxCurrentAmps: 25, maxRampAmpsPerSecond: 5, delaySeconds: 0.2, efficiency: 0.9}
            contactors: {closeSeconds: 0.1}
            battery: {maxCellVoltageVolts: 4.15, maxTemperatureC: 40}
            server:
              bind: 127.0.0.1
              port: 0
              chargerId: CH07
              user: controller
              password: secret
              pki: certificates
            pacing: {mode: accelerated, speed: 10, stepSeconds: 0.2, realtimePriority: 5, threads: 2}
            """);
    assertThat(config.threads()).isEqualTo(2);
    assertThat(config.plant().charger().delaySeconds()).isEqualTo(0.2);
    assertThat(config.plant().charger().efficiency()).isEqualTo(0.9);
    assertThat(config.plant().contactors().closeSeconds()).isEqualTo(0.1);
    assertThat(config.plant().contactors().prechargeOhms()).as("the usual").isEqualTo(100);
    assertThat(config.plant().layout()).isEqualTo(new PackLayout(2, 3));
    assertThat(config.plant().initialSoc()).isEqualTo(0.25);
    assertThat(config.plant().environment().ambient().kelvinAt(0)).isEqualTo(283.15);
    assertThat(config.plant().environment().heatTransferWattsPerM2Kelvin()).isEqualTo(15);
    assertThat(config.plant().seed()).isEqualTo(42);
    assertThat(config.plant().spread()).isEqualTo(new CellSpread(0.02, 0, 0, 0, 0, 0, 0));
    AgeingSpread aged =
        new AgeingSpread(
            new Share(0.05, 0.01),
            new Share(0.03, 0.006),
            new Share(0.02, 0.004),
            new Share(1e-8, 2e-9),
            new Share(0.002, 0.0005));
    assertThat(config.plant().build()).isEqualTo(new PackBuild(aged, 0.0003, 0.0002, 5, 0.4));
    assertThat(config.plant().sensors().voltage().noise()).isEqualTo(0.002);
    assertThat(config.plant().charger().capabilities().maxCurrentAmps()).isEqualTo(25);
    assertThat(config.plant().charger().capabilities().maxRampAmpsPerSecond()).isEqualTo(5);
    assertThat(config.plant().batteryLimits().maxCellVoltageVolts()).isEqualTo(4.15);
    assertThat(config.plant().batteryLimits().maxTemperatureKelvin()).isEqualTo(313.15);
    // 2C of three LG M50 in parallel: the rate applies to what the file does not say.
    assertThat(config.plant().batteryLimits().targetCurrentAmps()).isCloseTo(30, within(1e-9));
    assertThat(config.settings().chargerId()).isEqualTo("CH07");
    assertThat(config.settings().password().matches("secret")).isTrue();
    assertThat(config.settings().pkiDirectory()).isEqualTo(directory.resolve("certificates"));
    assertThat(config.settings().pacing())
        .isEqualTo(new Pacing(Pacing.Mode.ACCELERATED, 10, 0.2, 1).withRealtimePriority(5));
  }

  @Test
  void theSurroundingsMayChange() throws IOException {
    BenchConfig config = load(LOG_IN + "ambientSeriesC: [[0, 25], [600, 35]]\n");
    assertThat(config.plant().environment().ambient().kelvinAt(300))
        .isCloseTo(303.15, within(1e-9));
  }

  @Test
  void logInAloneGivesTheReferencePack() throws IOException {
    BenchConfig config = load(LOG_IN);
    assertThat(config.plant().cell().name()).isEqualTo("lgm50");
    assertThat(config.plant().layout()).isEqualTo(new PackLayout(4, 1));
    assertThat(config.plant().spread()).isEqualTo(CellSpread.PRODUCTION);
    assertThat(config.plant().build()).isEqualTo(PackBuild.IDEAL);
    assertThat(config.settings().bindAddress()).isEqualTo("127.0.0.1");
    assertThat(config.settings().port()).isEqualTo(4840);
    assertThat(config.settings().pacing()).isEqualTo(Pacing.byClock(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          initalSoc: 0.1                  | line 2: unknown key 'initalSoc'; allowed: ageing, ambientC, | Maybe 'initialSoc' is meant.
          pacing: {sped: 3}               | unknown key 'pacing.sped'; allowed: controlPeriodSeconds, maxOverrunShare, mode, realtimePriority, speed, stepSeconds, threads. | Maybe 'speed'
          pacing: {mode: warp}            | pacing: mode 'warp' is not known; allowed: realtime, accelerated, lockstep. | bench.yaml
          pacing: {mode: realtime, speed: 3} | Pacing speed 3.0 is not possible in real time | Maybe 'accelerated'
          pacing: {stepSeconds: 0}        | stepSeconds is 0.0; it must be above 0. | pacing
          initialSoc: 1.5                 | initialSoc 1.5 is not between 0 and 1 | bench.yaml
          ambientSeriesC: [[0, 25], [9]] | ambientSeriesC: [9.0] is not a pair; it must look like [600, 35] | bench.yaml
          initialSoc: high                | line 2: initialSoc 'high' is not possible; it must be a number. | bench.yaml
          layout: four                    | layout: 'four' is not a layout; it must look like 4s1p. | bench.yaml
          cell: unobtainium               | cell: | unobtainium
          ageing: {lossOfLithum: 0.1}     | line 2: unknown key 'ageing.lossOfLithum'; allowed: lossOfAnode, | Maybe 'lossOfLithium' is meant.
          ageing: {lossOfLithium: 0.9}    | ageing: Ageing lossOfLithium of mean 0.9 and sigma 0.0 is not possible | mean + 3 sigma at most 0.7
          ageing: {seiGrowthM: 9.0e-6}    | ageing: SEI growth of 9.0E-6 m on cell lgm50 leaves a porosity | bench.yaml
          pack: {busbarOhm: 0.1}          | unknown key 'pack.busbarOhm'; allowed: ambientGradientKelvin, busbarOhms, | Maybe 'busbarOhms' is meant.
          pack: {linkOhms: -1}            | pack: Pack linkOhms -1.0 Ω must be a number of at least 0. | bench.yaml
          pack: {ambientGradientKelvin: 90} | pack: Pack ambientGradientKelvin 90.0 is not between -60 and 60 K. | bench.yaml
          pack: {busbarOhms: 0.001}       | pack: busbarOhms 0.001 has nothing to connect in 4s1p. | Maybe a layout with cells in parallel
          seed: [1, 2]                    | line 2: seed | has the wrong form; it must be a whole number.
          pacing: {mode: lockstep | , line | not usable as YAML
          """)
  void wrongValuesNameFileKeyAndWhatIsAllowed(String yaml, String expected, String alsoExpected) {
    assertThatThrownBy(() -> load(LOG_IN + yaml.strip() + "\n"))
        .isInstanceOf(BenchConfigException.class)
        .hasMessageContaining("bench.yaml")
        .hasMessageContaining(expected.strip())
        .hasMessageContaining(alsoExpected.strip());
  }

  @Test
  void whatTheBatteryCouldNotShowIsRefused() {
    assertThatThrownBy(() -> load(LOG_IN + "layout: 1s2p\npack: {ambientGradientKelvin: 3}\n"))
        .hasMessageContaining("pack: ambientGradientKelvin 3.0 has no way along 1s2p.")
        .hasMessageContaining("\nMaybe a layout with groups in series");
    assertThatThrownBy(
            () -> load(LOG_IN + "cell: prada2013\npack: {neighbourWattsPerKelvin: 0.2}\n"))
        .hasMessageContaining("needs cells with a heat balance; prada2013 has no thermal data.")
        .hasMessageContaining("\nMaybe lgm50 is meant");
    assertThatThrownBy(() -> load(LOG_IN + "cell: prada2013\nageing: {seiGrowthM: 1.0e-8}\n"))
        .hasMessageContaining(
            "ageing: SEI growth of 1.0E-8 m on cell prada2013, which has no SEI data");
  }

  @Test
  void securityIsThatOfAStationsServer() throws IOException {
    PkiDirectory.open(directory.resolve("user"), ApplicationIdentity.onThisHost("User", "urn:user"))
        .close();
    BenchSecurity security =
        load("""
                server:
                  user: u
                  password: p
                  securityPolicies: [None, Aes256_Sha256_RsaPss]
                  allowSignOnly: true
                  userCertificates: [user/own/certs/own.der]
                  anonymous: true
                """)
            .settings()
            .security();
    assertThat(security.channels().policies())
        .containsExactly(ChannelPolicy.NONE, ChannelPolicy.AES256_SHA256_RSA_PSS);
    assertThat(security.channels().signOnly()).isTrue();
    assertThat(security.anonymous()).isTrue();
    assertThat(security.userCertificates()).hasSize(1);
    assertThat(load(LOG_IN).settings().security()).isEqualTo(BenchSecurity.DEFAULT);
    String server = "server: {user: u, password: p, ";
    assertThatThrownBy(() -> load(server + "securityPolicies: [Basic256]}\n"))
        .hasMessageContaining(
            "server: securityPolicies: 'Basic256' is not known; allowed: Basic256Sha256");
    assertThatThrownBy(() -> load(server + "securityPolicies: [None], bind: 0.0.0.0}\n"))
        .hasMessageContaining("server: Security policy None on 0.0.0.0")
        .hasMessageContaining("Maybe allowNoneBeyondLoopback");
    assertThatThrownBy(() -> load(server + "userCertificates: [gone.der]}\n"))
        .hasMessageContaining("server: userCertificates: Certificate")
        .hasMessageContaining("gone.der");
    assertThatThrownBy(() -> load(server + "anonymous: perhaps}\n"))
        .hasMessageContaining(
            "server.anonymous 'perhaps' is not possible; it must be true or false");
  }

  @Test
  void missingLogInMissingFileAndPortAreNamed() {
    assertThatThrownBy(() -> load("cell: lgm50\n"))
        .hasMessageContaining("server.user or server.password is missing");
    assertThatThrownBy(() -> BenchConfig.load(directory.resolve("absent.yaml")))
        .isInstanceOf(BenchConfigException.class)
        .hasMessageContaining("absent.yaml: cannot be read");
    assertThatThrownBy(() -> load("server: {user: u, password: p, port: 70000}\n"))
        .hasMessageContaining("port 70000 is not possible");
  }

  private BenchConfig load(String yaml) throws IOException {
    Path file = directory.resolve("bench.yaml");
    Files.writeString(file, yaml);
    return BenchConfig.load(file);
  }
}
