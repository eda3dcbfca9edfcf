package dev.anodyne.controller.http;

import dev.anodyne.controller.storage.ChargeRow;
import dev.anodyne.controller.storage.StateRow;
import dev.anodyne.controller.storage.Telemetry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

/**
 * The report of one charge as a page in one file: it needs neither server nor network. The data
 * stands in it as JSON, and no text of it becomes HTML.
 */
final class ChargeReport {
  private static final String UPLOT_STYLE = resource(UPlot.path() + "/uPlot.min.css");
  private static final String UPLOT_SCRIPT = resource(UPlot.path() + "/uPlot.iife.min.js");
  private static final String STYLE = resource("/dev/anodyne/core/report/report.css");
  private static final String SCRIPT = resource("charge-report.js");
  private static final String TEMPLATE = resource("charge-report.html");

  /** What the page may do: run its own two scripts, and nothing else. */
  static final String SECURITY =
      "default-src 'none'; script-src "
          + hash(UPLOT_SCRIPT)
          + " "
          + hash(SCRIPT)
          + "; style-src "
          + hash(UPLOT_STYLE)
          + " "
          + hash(STYLE)
          + "; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private ChargeReport() {}

  /** The page. */
  static String html(ChargeRow charge, List<StateRow> states, Telemetry telemetry) {
    JsonArray changes = new JsonArray();
    for (StateRow state : states) {
      changes.add(
          new JsonObject()
              .put("time", state.time().toString())
              .put("state", state.state())
              .put("reason", state.reason()));
    }
    JsonObject data =
        new JsonObject()
            .put("charge", StoreJson.charge(charge))
            .put("states", changes)
            .put("telemetry", StoreJson.telemetry(charge, telemetry));
    return TEMPLATE
        .replace("/*@uplot.css@*/", UPLOT_STYLE)
        .replace("/*@report.css@*/", STYLE)
        .replace("/*@uplot.js@*/", UPLOT_SCRIPT)
        .replace("/*@script@*/", SCRIPT)
        // No text of the data can end the element that holds it.
        .replace("/*@data@*/", data.encode().replace("<", "\\u003c"));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ChargeReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Resource " + name + " is not on the class path.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
