package dev.anodyne.controller.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A page in one file: template, styles, plotting library, script and data, without a network. */
public final class Page {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private Page() {}

  /** The page with its data; the template, styles and script are resources of this package. */
  public static String of(String template, String script, Object data) throws IOException {
    return resource(template)
        .replace("/*@uplot.css@*/", resource(UPLOT + "uPlot.min.css"))
        .replace("/*@report.css@*/", resource("/dev/anodyne/core/report/report.css"))
        .replace("/*@uplot.js@*/", resource(UPLOT + "uPlot.iife.min.js"))
        .replace("/*@page.js@*/", resource("page.js"))
        .replace("/*@fan.js@*/", resource("fan.js"))
        .replace("/*@script@*/", resource(script))
        // No text of the data can end the element that holds it.
        .replace("/*@data@*/", Json.compact(data).replace("<", "\\u003c"));
  }

  /** Writes the page, complete or not at all. */
  public static void write(Path file, String page) throws IOException {
    OutputFiles.write(file, writer -> writer.write(page));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("Resource " + name + " is not on the class path.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
