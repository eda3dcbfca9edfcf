package dev.anodyne.test.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Takes the README's picture from a running {@code anodyne demo}, when it is half way: {@code
 * -Dtest=PictureTest -Danodyne.picture=http://localhost:8080}.
 */
@EnabledIfSystemProperty(named = "anodyne.picture", matches = "http.*")
class PictureTest {
  private static final long MOST_BYTES = 300_000;
  private static final int WIDTH = 1280;
  private static final int MARGIN = 11;

  @Test
  void takesThePictureOfTheDashboard() throws Exception {
    Path file = Path.of("..", "docs", "images", "dashboard.png");
    Files.createDirectories(file.getParent());
    try (Playwright playwright = Chromium.playwright()) {
      Page page =
          Chromium.launch(playwright)
              .newPage(
                  new Browser.NewPageOptions()
                      .setViewportSize(WIDTH, 860)
                      .setColorScheme(ColorScheme.DARK));
      page.setDefaultTimeout(300_000);
      page.navigate(System.getProperty("anodyne.picture"));
      page.waitForFunction("() => window.anodyne.summary?.record?.soc > 0.45");
      page.waitForTimeout(200);
      double bottom =
          page.locator("#charts").boundingBox().y + page.locator("#charts").boundingBox().height;
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(file)
              .setFullPage(true)
              .setClip(0, 0, WIDTH, Math.ceil(bottom) + MARGIN));
    }
    assertThat(Files.size(file)).isLessThan(MOST_BYTES);
  }
}
