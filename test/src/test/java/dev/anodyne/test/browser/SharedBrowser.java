package dev.anodyne.test.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Playwright;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One browser for all classes that ask for it: to start one takes seconds. */
final class SharedBrowser implements BeforeAllCallback {
  private static @Nullable Running running;

  /** Closed by JUnit when all tests have run. */
  private record Running(Playwright playwright, Browser browser)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    static Running start() {
      Playwright playwright = Chromium.playwright();
      return new Running(playwright, Chromium.launch(playwright));
    }

    @Override
    public void close() {
      playwright.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.GLOBAL)
            .getOrComputeIfAbsent("dev.anodyne.browser", unused -> Running.start(), Running.class);
  }

  static Browser browser() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("The class is not extended with SharedBrowser.");
    }
    return now.browser();
  }
}
