package dev.anodyne.test.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

/** The accessibility rules of axe-core (WCAG 2.1 A and AA, contrast among them) on a page. */
final class Axe {
  private static final String RUN =
      """
      async () => {
        const found = await axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
          resultTypes: ['violations'],
        });
        return found.violations.flatMap((v) => v.nodes.map((n) =>
          `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\\s+/g, ' ').slice(0, 300)}`));
      }
      """;

  private Axe() {}

  /** What is wrong, one line each. */
  @SuppressWarnings("unchecked")
  static List<String> violations(Page page) {
    page.evaluate(source());
    return (List<String>) page.evaluate(RUN);
  }

  private static String source() {
    String artifact = "META-INF/maven/org.webjars.npm/axe-core/pom.properties";
    try {
      Properties properties = new Properties();
      properties.load(resource(artifact));
      String script =
          "META-INF/resources/webjars/axe-core/"
              + properties.getProperty("version")
              + "/axe.min.js";
      try (InputStream in = resource(script)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Axe.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the classpath.");
    }
    return in;
  }
}
