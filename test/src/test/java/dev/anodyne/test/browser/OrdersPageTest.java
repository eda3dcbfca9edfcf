package dev.anodyne.test.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** What may be asked of a connector: by hand, by keyboard, by role, and what a refusal says. */
@EnabledIf("dev.anodyne.test.browser.Chromium#isInstalled")
@ExtendWith(SharedBrowser.class)
@Timeout(180)
class OrdersPageTest {
  private FakeStation station;

  @BeforeEach
  void open() {
    station = FakeStation.open(4);
  }

  @AfterEach
  void close() {
    station.close();
  }

  private Tab connector(String id) {
    Tab tab = Tab.open(SharedBrowser.browser(), station.url() + "#/connector/" + id);
    tab.page().waitForSelector("#stop:not([disabled])");
    return tab;
  }

  private static void confirm(Page page, String button) {
    page.getByRole(AriaRole.DIALOG)
        .getByRole(
            AriaRole.BUTTON,
            new com.microsoft.playwright.Locator.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  @Test
  void keyboardAloneStopsAndStartsACharge() {
    try (Tab tab = Tab.open(SharedBrowser.browser(), station.url() + "#/site")) {
      Page page = tab.page();
      page.waitForSelector("[data-id=C1]");
      page.keyboard().press("Tab");
      assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("skip");
      page.keyboard().press("Enter");
      assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("main");
      tab.tabTo("[data-id=C1] a");
      page.keyboard().press("Enter");
      page.waitForSelector("#stop:not([disabled])");
      tab.tabTo("#stop");
      page.keyboard().press("Enter");
      page.waitForSelector("dialog[open]");
      assertThat(page.evaluate("() => document.activeElement.textContent"))
          .as("the harmless answer is the first")
          .isEqualTo("Go on charging");
      page.keyboard().press("Escape");
      assertThat(station.commands()).isEmpty();
      assertThat(page.evaluate("() => document.activeElement.id"))
          .as("the focus is back")
          .isEqualTo("stop");
      page.keyboard().press("Enter");
      tab.tabTo("dialog button.stop");
      page.keyboard().press("Enter");
      page.waitForSelector("#stop[data-action=start]");
      assertThat(station.commands()).containsExactly("POST /connectors/C1/stop {}");
      tab.tabTo("#stop");
      page.keyboard().press("Enter");
      tab.tabTo("dialog input[name=target]");
      page.keyboard().type("65");
      page.keyboard().press("Enter");
      page.waitForSelector("#stop[data-action=stop]");
      assertThat(station.commands().get(1))
          .isEqualTo("POST /connectors/C1/start {\"targetSoc\":0.65}");
      assertThat(page.locator("#said").textContent()).isEqualTo("Done: start.");
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void targetDepartureLimitAndPolicyAreSet() {
    try (Tab tab = connector("C1")) {
      Page page = tab.page();
      set(page, "target", "Target, %", "90");
      page.waitForFunction("() => document.getElementById('target').textContent === '90'");
      set(page, "limit", "Power limit, kW", "22");
      page.waitForFunction(
          "() => document.getElementById('f-budget').textContent.includes('22.0 kW')");
      set(page, "limit", "Power limit, kW", "");
      set(page, "departure", "Departure", "06:30");
      page.getByLabel("Policy", new Page.GetByLabelOptions().setExact(true)).selectOption("winter");
      page.click("form[data-command=policy] button");
      page.waitForFunction("() => document.getElementById('chips').textContent.includes('winter')");
      assertThat(station.commands())
          .hasSize(5)
          .contains(
              "POST /connectors/C1/target {\"soc\":0.9}",
              "POST /connectors/C1/limit {\"watts\":22000}",
              "POST /connectors/C1/limit {\"watts\":null}",
              "POST /connectors/C1/policy {\"policy\":\"winter\"}")
          .anyMatch(c -> c.matches("POST /connectors/C1/departure .*\"20.*T.*Z\".*"));
      assertThat(tab.problems()).isEmpty();
    }
  }

  private void set(Page page, String command, String label, String value) {
    int before = station.commands().size();
    page.getByLabel(label, new Page.GetByLabelOptions().setExact(true)).fill(value);
    page.click("form[data-command=" + command + "] button");
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> station.commands().size() > before);
  }

  @Test
  void anEmergencyStopIsConfirmedHeldAcknowledgedAndReset() {
    try (Tab tab = connector("C1")) {
      Page page = tab.page();
      page.click("#emergency");
      assertThat(page.getByRole(AriaRole.DIALOG).textContent()).contains("no safety function");
      confirm(page, "Cancel");
      assertThat(station.commands()).isEmpty();
      page.click("#emergency");
      page.getByLabel("Reason").fill("Smoke");
      confirm(page, "Emergency stop");
      page.waitForSelector("#banner:has-text('Emergency stop.')");
      assertThat(station.commands().get(0))
          .isEqualTo("POST /connectors/C1/emergency-stop {\"reason\":\"Smoke\"}");
      page.click("#controls button:has-text('Acknowledge')");
      page.waitForSelector("#banner:has-text('Acknowledged by anna')");
      page.click("#controls button:has-text('Reset')");
      page.waitForSelector("#emergency:not([hidden])");
      assertThat(page.locator("#banner").isVisible()).isFalse();
    }
  }

  @Test
  void aRefusalIsShownAsItsSentence() {
    try (Tab tab = connector("C1")) {
      Page page = tab.page();
      station.refuse(true);
      page.click("#stop");
      confirm(page, "Stop charging");
      page.waitForSelector("#said[data-kind=bad]");
      assertThat(page.locator("#said").textContent())
          .isEqualTo("The charge is not over; only one that is starts anew.");
    }
  }

  @Test
  void whoMayOnlyLookSeesNoCommands() {
    station.role("observer");
    try (Tab tab = Tab.open(SharedBrowser.browser(), station.url() + "#/connector/C1")) {
      Page page = tab.page();
      page.waitForFunction("() => document.getElementById('soc').textContent !== '–'");
      for (String id : new String[] {"#stop", "#emergency", "#controls-card"}) {
        assertThat(page.locator(id).isVisible()).as(id).isFalse();
      }
      assertThat(page.locator("#nav").textContent()).doesNotContain("Audit");
    }
  }

  @Test
  void whatDecidesAndThePlanAheadAreShown() {
    try (Tab tab = connector("C1")) {
      Page page = tab.page();
      page.waitForFunction("() => window.anodyne.series.soc?.data[0].length > 700");
      assertThat(page.locator("#f-constraint").textContent()).contains("lithium plating");
      assertThat(page.locator("#why").textContent()).startsWith("The anode potential holds");
      assertThat(page.locator("#f-budget").textContent()).contains("55.0 kW", "equal share");
      assertThat(page.locator("#states li").count()).isEqualTo(1);
      assertThat(page.locator("#charts [data-chart=soc] .plot").getAttribute("aria-label"))
          .contains("State of charge 4", "Target 80");
      Object planned =
          page.evaluate("() => anodyne.series.soc.data[3].filter((v) => v > 0).length");
      assertThat(((Number) planned).intValue()).as("now, and 24 steps ahead").isEqualTo(25);
      page.click("#table-card summary");
      page.waitForSelector("#table tr:nth-child(11)");
    }
  }
}
