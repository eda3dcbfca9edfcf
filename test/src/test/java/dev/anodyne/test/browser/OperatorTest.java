package dev.anodyne.test.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator does on a real station, from its file, over OPC UA, on the bench's simulated
 * pack: log in, watch, limit, stop, start, acknowledge, read the report. A second connector's
 * charger is not there.
 */
@EnabledIf("dev.anodyne.test.browser.Chromium#isInstalled")
@ExtendWith(SharedBrowser.class)
@Timeout(240)
class OperatorTest {
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  /** Connecting with keys of 2048 bits and the first decisions, on a loaded machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** About a seventh of what 1C takes, and far above what the charger rounds to. */
  private static final double LIMIT_WATTS = 10;

  @TempDir static Path folder;
  private static BenchServer charger;
  private static AnodyneServer server;
  private static volatile double amps;

  @BeforeAll
  static void start() throws Exception {
    BenchConfig bench = BenchConfig.load(benchFile());
    SimulatedPack pack = new SimulatedPack(bench.plant());
    pack.addTruthListener(truth -> amps = truth.chargeCurrentAmps());
    charger = BenchServer.start(bench.settings(), pack);
    StationConfig station = StationConfigReader.read(stationFile(charger.endpointUrl()));
    OpcUaChargerConfig way = station.connectors().get(0).charger();
    try (PkiDirectory controller = PkiDirectory.open(way.pkiDirectory(), way.identity())) {
      PkiDirectory.trustEachOther(charger.pki(), controller);
    }
    server = AnodyneServer.start(station);
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
    if (charger != null) {
      charger.close();
    }
  }

  private static Path benchFile() throws Exception {
    return Files.writeString(
        folder.resolve("bench.yaml"),
        """
        cell: lgm50
        layout: 4s1p
        initialSoc: 0.3
        server: {port: 0, user: controller, password: secret, pki: bench}
        """);
  }

  private static Path stationFile(String endpoint) throws Exception {
    Files.writeString(folder.resolve("anna.token"), TOKEN);
    return Files.writeString(
        folder.resolve("station.yaml"),
        """
        http: {port: 0}
        batteries: batteries
        api:
          tokens:
            anna: {role: admin, tokenFile: anna.token}
        connectors:
          - id: C1
            title: Bay 1
            charger: {endpoint: "%s", user: controller, password: secret, pki: controller}
            battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40, id: pack-7}
            policy: cccv:1
            estimator: physics
          - id: C2
            title: Bay 2
            charger: {endpoint: "opc.tcp://127.0.0.1:1/none", user: u, password: p, pki: controller}
            battery: {cell: lgm50, layout: 4s1p}
            policy: cccv:1
            estimator: physics
        """
            .formatted(endpoint));
  }

  @Test
  void logsInWatchesLimitsStopsReadsTheReportAndAcknowledges() {
    try (Tab tab = Tab.open(SharedBrowser.browser(), server.url())) {
      Page page = tab.page();
      page.getByLabel("Token").fill(TOKEN);
      page.keyboard().press("Enter");
      page.waitForSelector("[data-id=C1] >> text=Charging");
      page.waitForSelector("[data-id=C2] a[data-stale=link]");

      page.click("[data-id=C1] a");
      watch(page);
      limit(page);
      stop(page);
      report(page);
      acknowledge(page);
      startAgain(page);
      assertThat(tab.problems())
          .as("but for the log-in that was asked for")
          .allMatch(p -> p.contains("401"));
    }
  }

  /** Values move, and they are those of the plant. */
  private static void watch(Page page) {
    page.waitForFunction(
        "() => (window.anodyne.series.current?.data[1] ?? []).filter((a) => a > 4).length > 3");
    double shown = number(page.locator("#n-current"));
    await().atMost(PATIENCE).until(() -> Math.abs(number(page.locator("#n-current")) - amps) < 0.5);
    assertThat(shown).isPositive();
    String before = page.locator("#elapsed").textContent();
    page.waitForFunction(
        "before => document.getElementById('elapsed').textContent !== before", before);
    assertThat(page.locator("#why").textContent()).isNotBlank();
  }

  private static void limit(Page page) {
    page.getByLabel("Power limit, kW").fill(String.valueOf(LIMIT_WATTS / 1000));
    page.click("form[data-command=limit] button");
    page.waitForSelector("#said:has-text('W')");
    // Four cells at about 3.6 V: 10 W are 0.7 A of the 5 A from before.
    page.waitForFunction("() => parseFloat(document.getElementById('n-current').textContent) < 1");
    await().atMost(PATIENCE).until(() -> amps > 0 && amps < 1);
    page.getByLabel("Power limit, kW").fill("");
    page.click("form[data-command=limit] button");
    page.waitForFunction("() => parseFloat(document.getElementById('n-current').textContent) > 4");
  }

  private static void stop(Page page) {
    page.click("#stop");
    page.getByRole(AriaRole.DIALOG)
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Stop charging").setExact(true))
        .click();
    page.waitForSelector("#stop[data-action=start]");
    assertThat(page.locator("#state").textContent()).isEqualTo("Finished");
    await().atMost(PATIENCE).until(() -> amps < 0.01);
  }

  private static void report(Page page) {
    page.click("#nav >> text=History");
    page.waitForFunction(
        """
        () => {
          if (document.querySelector('#view-charges tbody tr:first-child')?.textContent.includes('Finished')) return true;
          document.querySelector('#view-charges form button').click();
          return false;
        }
        """,
        null,
        new Page.WaitForFunctionOptions().setPollingInterval(1000));
    Locator row = page.locator("#view-charges tbody tr").first();
    assertThat(row.textContent()).contains("C1", "pack-7");
    row.locator("a").click();
    page.waitForFunction("() => window.anodyne.report?.current.data[1].some((a) => a > 4)");
    assertThat(page.locator("#view-charge .facts").textContent()).contains("cccv", "4s1p");
  }

  private static void acknowledge(Page page) {
    page.click("#nav >> text=Alarms");
    Locator row = page.locator("#view-alarms tbody tr").filter(hasText("C2")).first();
    row.getByRole(AriaRole.BUTTON).click();
    page.getByLabel("Comment").fill("The charger is being built.");
    page.keyboard().press("Enter");
    page.waitForSelector("td:has-text('anna: The charger is being built.')");
  }

  private static void startAgain(Page page) {
    page.click("#nav >> text=Site");
    page.click("[data-id=C1] a");
    page.click("#stop[data-action=start]");
    page.getByLabel("Target, %").last().fill("60");
    page.keyboard().press("Enter");
    page.waitForFunction("() => document.getElementById('state').textContent === 'Charging'");
    page.waitForFunction("() => document.getElementById('target').textContent === '60'");
    await().atMost(PATIENCE).until(() -> amps > 4);
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static double number(Locator locator) {
    String text = locator.textContent().replace('−', '-');
    return text.equals("–") ? Double.NaN : Double.parseDouble(text);
  }
}
