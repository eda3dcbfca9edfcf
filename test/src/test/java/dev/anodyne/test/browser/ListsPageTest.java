package dev.anodyne.test.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Log-in, session history and reports, policies, alarms and audit. */
@EnabledIf("dev.anodyne.test.browser.Chromium#isInstalled")
@ExtendWith(SharedBrowser.class)
@Timeout(180)
class ListsPageTest {
  private static FakeStation station;

  @BeforeAll
  static void open() {
    station = FakeStation.open(4);
  }

  @AfterAll
  static void close() {
    station.close();
  }

  private static Tab view(String hash) {
    return Tab.open(SharedBrowser.browser(), station.url() + hash);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  @Test
  void aTokenOpensThePageAndLoggingOutClosesIt() {
    try (FakeStation asking = FakeStation.withLogin(3);
        Tab tab = Tab.open(SharedBrowser.browser(), asking.url() + "#/site")) {
      Page page = tab.page();
      page.waitForSelector("#view-login:not([hidden])");
      assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("token");
      page.keyboard().type("wrong");
      page.keyboard().press("Enter");
      page.waitForSelector("text=This token is not known here, or has expired.");
      page.getByLabel("Token").fill(FakeStation.TOKEN);
      page.keyboard().press("Enter");
      page.waitForSelector("[data-id=C3]");
      assertThat(page.locator("#user").textContent()).isEqualTo("anna (admin)");
      page.click("[data-id=C1] a");
      page.waitForSelector("#stop:not([disabled])");
      page.click("#stop");
      page.click("dialog button.stop");
      page.waitForSelector("#stop[data-action=start]");
      assertThat(asking.commands()).as("with the page's own mark").hasSize(1);
      page.context().clearCookies();
      page.click("#nav >> text=History");
      page.waitForSelector("#view-login:not([hidden])");
      assertThat(page.locator("#view-site").isVisible()).isFalse();
    }
  }

  @Test
  void historyIsFilteredPagedAndLeadsToAReport() {
    try (Tab tab = view("#/charges")) {
      Page page = tab.page();
      page.waitForSelector("#view-charges tbody tr:nth-child(25)");
      page.getByRole(AriaRole.BUTTON, named("Older")).click();
      page.waitForSelector("#view-charges .pages >> text=Page 2");
      assertThat(page.locator("#view-charges tbody tr").count()).isEqualTo(6);
      assertThat(page.getByRole(AriaRole.BUTTON, named("Older")).isDisabled()).isTrue();
      page.getByRole(AriaRole.BUTTON, named("Newer")).click();
      page.waitForSelector("#view-charges .pages >> text=Page 1");
      page.locator("#view-charges tbody a").first().click();
      page.waitForFunction("() => window.anodyne.report?.anode.data[0].length >= 700");
      assertThat(page.locator("#view-charge .facts").textContent())
          .contains("10.0 % → 80.0 %", "48.2 kWh", "29:00 min", "bound 0.1 mV");
      assertThat(page.getByRole(AriaRole.LINK, named("Report as a page")).getAttribute("href"))
          .isEqualTo("/api/v1/charges/charge-0/report");
      page.goBack();
      page.waitForSelector("#view-charges:not([hidden])");
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void aPolicyIsCheckedComparedAndSaved() {
    try (Tab tab = view("#/policies/winter")) {
      Page page = tab.page();
      page.waitForSelector("text=In order; this is what runs.");
      page.getByLabel("Text of the policy").fill(FakePolicy.TEXT.replace("24", "999"));
      page.waitForSelector("text=1 thing is wrong.");
      assertThat(page.locator(".errors").textContent())
          .contains("Line 5", "horizon.steps is 999", "Allowed: 1 to 200", "Maybe");
      assertThat(page.getByRole(AriaRole.BUTTON, named("Save")).isDisabled()).isTrue();
      page.getByRole(AriaRole.BUTTON, named("Line 5")).click();
      assertThat(page.evaluate("() => getSelection().toString().trim()")).isEqualTo("steps: 999");
      page.getByLabel("Text of the policy").fill(FakePolicy.TEXT.replace("24", "36"));
      page.waitForSelector("text=In order; not saved yet.");
      assertThat(page.locator(".diff").textContent()).contains("steps: 24", "steps: 36");
      page.getByRole(AriaRole.BUTTON, named("Save")).click();
      page.waitForSelector(".policies .said:has-text('Done: winter.')");
      assertThat(station.commands())
          .anyMatch(c -> c.startsWith("PUT /policies/winter") && c.contains("\"replaces\":\"t1\""));
      page.click(".policy-list >> text=mpc");
      page.waitForSelector("h2:has-text('mpc')");
      assertThat(page.getByRole(AriaRole.BUTTON, named("Save")).isVisible())
          .as("a policy by name is read only")
          .isFalse();
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void aPolicyIsMadeFromAnotherAndDeleted() {
    try (Tab tab = view("#/policies/winter")) {
      Page page = tab.page();
      page.waitForSelector("text=In order; this is what runs.");
      assertThat(page.getByRole(AriaRole.BUTTON, named("Delete")).isVisible()).isFalse();
      page.getByRole(AriaRole.BUTTON, named("Copy")).click();
      page.getByLabel("Name").fill("spring 2");
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog").isVisible()).as("a space is no name").isTrue();
      page.getByLabel("Name").fill("spring");
      page.keyboard().press("Enter");
      page.waitForSelector("h2:has-text('spring')");
      assertThat(page.getByLabel("Text of the policy").inputValue())
          .startsWith("name: spring\n")
          .contains("steps: 24");
      page.waitForSelector("text=In order; not saved yet.");
      page.getByRole(AriaRole.BUTTON, named("Save")).click();
      page.waitForURL("**/#/policies/spring");
      assertThat(station.commands())
          .anyMatch(c -> c.startsWith("PUT /policies/spring") && c.contains("\"replaces\":\"\""));
      page.click(".policy-list >> text=trial");
      page.waitForSelector("h2:has-text('trial')");
      page.getByRole(AriaRole.BUTTON, named("Delete")).click();
      page.click("dialog button.stop");
      page.waitForURL("**/#/policies");
      assertThat(station.commands()).anyMatch(c -> c.startsWith("DELETE /policies/trial"));
      page.getByRole(AriaRole.BUTTON, named("New policy")).click();
      page.getByLabel("Name").fill("dusk");
      page.keyboard().press("Enter");
      page.waitForSelector("h2:has-text('dusk')");
      assertThat(page.getByLabel("Text of the policy").inputValue()).startsWith("name: dusk\n");
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void pastAlarmsAreFilteredAndPaged() {
    try (Tab tab = view("#/alarms?show=past")) {
      Page page = tab.page();
      page.waitForSelector("#view-alarms tbody tr:nth-child(50)");
      assertThat(page.locator("#view-alarms tbody").textContent())
          .contains("critical", "acknowledged", "anna", "Cable is being changed.", "over");
      page.getByRole(AriaRole.BUTTON, named("Older")).click();
      page.waitForSelector("#view-alarms .pages >> text=Page 2");
      page.locator("#view-alarms select").nth(1).selectOption("C2");
      page.waitForSelector("#view-alarms .pages >> text=Page 1");
      page.waitForFunction(
          "() => document.querySelectorAll('#view-alarms tbody tr').length === 13");
      page.locator("#view-alarms select").first().selectOption("now");
      page.waitForSelector("#view-alarms td:has-text('nobody')");
      assertThat(page.locator("#view-alarms select").nth(1).isVisible()).isFalse();
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void anAlarmIsAcknowledgedWithAComment() {
    try (Tab tab = view("#/alarms")) {
      Page page = tab.page();
      page.waitForSelector("#view-alarms tbody tr:nth-child(2)");
      assertThat(page.locator("#view-alarms tbody tr").first().textContent())
          .as("the gravest first")
          .contains("high", "The charger cannot be reached.", "nobody");
      page.locator("[data-alarm='C7.Alarms.LinkLost']").click();
      page.getByLabel("Comment").fill("Cable is being changed.");
      page.keyboard().press("Enter");
      page.waitForSelector("td:has-text('anna: Cable is being changed.')");
      assertThat(station.commands())
          .contains(
              "POST /alarms/C7.Alarms.LinkLost/acknowledge"
                  + " {\"comment\":\"Cable is being changed.\"}");
      page.click("#nav >> text=Site");
      page.waitForFunction("() => document.querySelectorAll('.alarm-strip li').length === 1");
      assertThat(tab.problems()).isEmpty();
    }
  }

  @Test
  void theAuditIsListed() {
    try (Tab tab = view("#/audit")) {
      Page page = tab.page();
      page.waitForSelector("#view-audit tbody tr:nth-child(30)");
      assertThat(page.locator("#view-audit tbody").textContent())
          .contains("anna", "connectors.limit", "REFUSED: The session is over.");
    }
  }
}
