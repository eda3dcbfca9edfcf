package dev.anodyne.controller.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Where the plotting library is on the class path. */
final class UPlot {
  private static final String PROPERTIES = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private UPlot() {}

  /** Its folder, absolute. */
  static String path() {
    return "/META-INF/resources/webjars/uplot/" + version() + "/dist";
  }

  private static String version() {
    try (InputStream in = UPlot.class.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        throw new IllegalStateException("The plotting library is not on the class path.");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
