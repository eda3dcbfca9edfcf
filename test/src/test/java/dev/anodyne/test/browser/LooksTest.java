package dev.anodyne.test.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every view from phone to wall screen, light and dark: nothing sticks out, axe finds nothing. */
@EnabledIf("dev.anodyne.test.browser.Chromium#isInstalled")
@ExtendWith(SharedBrowser.class)
@Timeout(240)
class LooksTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final int[][] SIZES = {{360, 800}, {1280, 800}, {2560, 1440}};

  /** Views that people leave open, on any screen. */
  private static final List<String> LIVE = List.of("site", "connector/C1");

  /** Views that a phone lays out in another way. */
  private static final List<String> PHONE = List.of("site", "connector/C1", "alarms");

  /** Hash of each view, and what is there when it is complete. */
  private static final Map<String, String> VIEWS =
      new TreeMap<>(
          Map.of(
              "site", "[data-id=C1] .value:has-text('%')",
              "connector/C1", "#table-card",
              "connector/C8", "#banner:not([hidden])",
              "charges", "#view-charges tbody tr:nth-child(25)",
              "charges/charge-0", "#view-charge .u-legend",
              "policies/winter", ".diff p",
              "alarms", "#view-alarms tbody tr",
              "audit", "#view-audit tbody tr"));

  @Test
  void everyViewFitsAndIsAccessible() throws Exception {
    Files.createDirectories(SCREENSHOTS);
    List<String> wrong = new ArrayList<>();
    try (FakeStation station = FakeStation.open(12)) {
      for (int[] size : SIZES) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          try (Tab tab =
              Tab.open(SharedBrowser.browser(), station.url(), size[0], size[1], scheme)) {
            for (Map.Entry<String, String> view : VIEWS.entrySet()) {
              if (size[0] == 1280 || LIVE.contains(view.getKey()) || isPlainPhone(size, scheme)) {
                wrong.addAll(look(tab, view.getKey(), view.getValue(), size, scheme));
              }
            }
            // axe reads canvases back, of which the browser warns.
            tab.problems().stream()
                .filter(problem -> !problem.contains("willReadFrequently"))
                .forEach(wrong::add);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** Lists are the same on a wall screen, and in the dark, but for what the desk shows already. */
  private static boolean isPlainPhone(int[] size, ColorScheme scheme) {
    return size[0] < 1280 && scheme == ColorScheme.LIGHT;
  }

  private static List<String> look(
      Tab tab, String hash, String complete, int[] size, ColorScheme scheme) {
    Page page = tab.page();
    page.evaluate("hash => { location.hash = '#/' + hash; }", hash);
    page.waitForSelector(complete);
    String name =
        String.format(Locale.ROOT, "%s-%dx%d-%s", hash.replace('/', '-'), size[0], size[1], scheme);
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    List<String> wrong = new ArrayList<>();
    if (tab.overflow() > 0) {
      wrong.add(name + " is " + tab.overflow() + " px too wide");
    }
    // Contrast depends on the scheme, layout on the width; the wall screen has the desk's.
    boolean desk = size[0] == 1280;
    if (desk || (isPlainPhone(size, scheme) && PHONE.contains(hash))) {
      Axe.violations(page).forEach(v -> wrong.add(name + ": " + v));
    }
    return wrong;
  }
}
