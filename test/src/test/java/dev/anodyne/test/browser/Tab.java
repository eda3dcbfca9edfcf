package dev.anodyne.test.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A page that may talk to this machine only, and what went wrong in it.
 *
 * @param problems errors and warnings of the page, requests that failed or went elsewhere
 */
record Tab(Page page, List<String> problems) implements AutoCloseable {
  /** Generous: nothing here is about speed, and the machine may be busy. */
  private static final double TIMEOUT_MILLIS = 60_000;

  private static final int MOST_STEPS = 80;

  static Tab open(Browser browser, String url, int width, int height, ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setLocale("en-GB"));
    context.setDefaultTimeout(TIMEOUT_MILLIS);
    List<String> problems = new CopyOnWriteArrayList<>();
    context.route(
        "**/*",
        route -> {
          String host = URI.create(route.request().url()).getHost();
          if (Set.of("localhost", "127.0.0.1").contains(String.valueOf(host))) {
            route.resume();
          } else {
            problems.add("request to " + route.request().url());
            route.abort();
          }
        });
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (Set.of("error", "warning").contains(message.type())) {
            problems.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> problems.add("page error: " + error));
    page.navigate(url);
    return new Tab(page, problems);
  }

  static Tab open(Browser browser, String url) {
    return open(browser, url, 1280, 800, ColorScheme.DARK);
  }

  /** Presses Tab until an element has the focus, as somebody without a mouse does. */
  void tabTo(String selector) {
    for (int i = 0; i < MOST_STEPS; i++) {
      if (Boolean.TRUE.equals(
          page.evaluate("s => document.activeElement?.matches(s) ?? false", selector))) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("Nobody can reach " + selector + " with the Tab key.");
  }

  /** How much wider than the window the page is, px. */
  int overflow() {
    return ((Number)
            page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  @Override
  public void close() {
    page.context().close();
  }
}
