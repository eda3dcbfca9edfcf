package dev.anodyne.test.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Demo;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.Results;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.signal.SensorErrors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real page on a real charge over OPC UA, in the system's Chromium: opened while the battery
 * charges, and again when all is over. The sensors are right, so that what is measured can be
 * compared with the trace, which holds the truth.
 */
@EnabledIf("dev.anodyne.test.browser.Chromium#isInstalled")
@Timeout(240)
class DashboardTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** The trace has nine digits; this is far below a pixel of every chart. */
  private static final double PRECISION = 1e-6;

  private static final int[][] SIZES = {{390, 844}, {1280, 800}, {2560, 1440}};

  /** What the page was given to draw and what it has written, at one instant. */
  private static final String SNAPSHOT =
      """
      () => JSON.stringify({
        series: window.anodyne.series,
        summary: window.anodyne.summary,
        contact: window.anodyne.contact,
        text: Object.fromEntries(['state', 'why', 'soc', 'target', 'n-current', 'n-voltage',
          'n-temperature', 'n-anode', 's-anode', 'f-source']
          .map((id) => [id, document.getElementById(id).textContent])),
      })
      """;

  @TempDir static Path out;

  private static final List<String> PROBLEMS = new CopyOnWriteArrayList<>();
  private static final List<String> OVERFLOWS = new CopyOnWriteArrayList<>();
  private static Playwright playwright;
  private static Browser browser;
  private static Demo demo;
  private static List<double[]> trace;
  private static JsonObject history;
  private static JsonObject charging;
  private static JsonObject ended;
  private static JsonObject late;

  @BeforeAll
  static void charge() throws Exception {
    ChargeSetup setup = setup();
    playwright = Chromium.playwright();
    browser = Chromium.launch(playwright);
    demo = Demo.start(setup, Demo.plant(setup).withSensors(SensorErrors.NONE), 12, 0);
    // The charge goes on slowly while people, and slow machines, open the page and look at it.
    demo.setSpeed(4);
    Page page = open();
    page.waitForFunction(
        "() => window.anodyne?.series.current?.data[0].length > 60"
            + " && window.anodyne.summary.record.plan.secondsAhead.length > 0");
    charging = snapshot(page);
    takeScreenshots(page);
    demo.setSpeed(12);
    RunResult run = demo.awaitCharge(Progress.NONE);
    new Results(setup, run).write(out, "nominal, sensors that are right");
    trace = readTrace(out.resolve("trace.csv"));
    page.waitForFunction("() => window.anodyne.summary.state.over");
    history = history();
    ended = snapshot(page);
    page.close();
    Page second = open();
    second.waitForFunction("() => window.anodyne?.series.current?.data[0].length > 0");
    late = snapshot(second);
    second.close();
  }

  @AfterAll
  static void close() {
    if (demo != null) {
      demo.close();
    }
    if (playwright != null) {
      playwright.close();
    }
  }

  private static ChargeSetup setup() {
    CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(40);
    return new ChargeSetup(
        cell,
        new PackLayout(4, 1),
        "mpc",
        "augmented",
        0.1,
        0.22,
        298.15,
        40,
        4.2,
        318.15,
        3,
        1,
        1);
  }

  /** A page that may talk to this machine only. */
  private static Page open() {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setColorScheme(ColorScheme.DARK));
    context.setDefaultTimeout(90_000);
    // Looked at, not held up: the charge does not wait for the page's many small files.
    context.onRequest(
        request -> {
          String host = URI.create(request.url()).getHost();
          if (!Set.of("localhost", "127.0.0.1").contains(String.valueOf(host))) {
            PROBLEMS.add("request to " + request.url());
          }
        });
    context.onRequestFailed(
        request -> {
          // The event stream ends with the page.
          if (!request.url().contains("/api/v1/stream")) {
            PROBLEMS.add("failed: " + request.url() + " " + request.failure());
          }
        });
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (Set.of("error", "warning").contains(message.type())) {
            PROBLEMS.add(message.type() + ": " + message.text());
          }
        });
    page.onPageError(error -> PROBLEMS.add("page error: " + error));
    page.navigate(demo.dashboardUrl());
    return page;
  }

  private static JsonObject snapshot(Page page) {
    return new JsonObject((String) page.evaluate(SNAPSHOT));
  }

  /** At three sizes, light and dark, for people to look at. */
  private static void takeScreenshots(Page page) throws java.io.IOException {
    Files.createDirectories(SCREENSHOTS);
    for (int[] size : SIZES) {
      page.setViewportSize(size[0], size[1]);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.waitForTimeout(250);
        String name =
            String.format(
                Locale.ROOT,
                "dashboard-%dx%d-%s",
                size[0],
                size[1],
                scheme.name().toLowerCase(Locale.ROOT));
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
        int wider =
            ((Number)
                    page.evaluate(
                        "() => document.documentElement.scrollWidth"
                            + " - document.documentElement.clientWidth"))
                .intValue();
        if (wider > 0) {
          OVERFLOWS.add(name + " is " + wider + " px too wide");
        }
      }
    }
  }

  /** All points have been published: the count does not grow any more. */
  private static JsonObject history() throws Exception {
    URI uri = URI.create(demo.dashboardUrl() + "/api/v1/sessions/demo/history");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    return new JsonObject(answer.body());
  }

  private static List<double[]> readTrace(Path csv) throws java.io.IOException {
    List<double[]> rows = new ArrayList<>();
    List<String> lines = Files.readAllLines(csv);
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split(",", -1);
      double[] row = new double[8];
      for (int i = 0; i < row.length; i++) {
        row[i] = fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  /** One curve of one chart: the time axis and the column of a label. */
  private record Curve(JsonArray time, JsonArray values) {
    static Curve of(JsonObject snapshot, String chart, String label) {
      JsonObject series = snapshot.getJsonObject("series").getJsonObject(chart);
      JsonArray data = series.getJsonArray("data");
      int column = series.getJsonArray("labels").getList().indexOf(label);
      assertThat(column).as(chart + "." + label).isPositive();
      return new Curve(data.getJsonArray(0), data.getJsonArray(column));
    }

    /** The time of the first point. */
    double firstSeconds() {
      for (int i = 0; i < time.size(); i++) {
        if (values.getValue(i) != null) {
          return time.getDouble(i);
        }
      }
      return Double.NaN;
    }

    /** The value at a time; not a number where the curve has none. */
    double at(double seconds) {
      for (int i = 0; i < time.size(); i++) {
        if (Math.abs(time.getDouble(i) - seconds) < PRECISION) {
          return values.getValue(i) instanceof Number n ? n.doubleValue() : Double.NaN;
        }
      }
      return Double.NaN;
    }
  }

  @Test
  void plottedNumbersAreThoseOfTheTrace() {
    assertThat(trace).hasSizeGreaterThan(100);
    for (JsonObject snapshot : List.of(ended, late)) {
      Curve truth = Curve.of(snapshot, "anode", "true");
      // The trace counts from its first row, the page from the session's start.
      double origin = truth.firstSeconds();
      assertThat(origin).isBetween(0.0, 5.0);
      compare(Curve.of(snapshot, "current", "current"), origin, 1, 0, 1);
      compare(Curve.of(snapshot, "voltage", "voltage"), origin, 2, 0, 1);
      compare(Curve.of(snapshot, "temperature", "temperature"), origin, 3, 273.15, 1);
      compare(truth, origin, 5, 0, 1);
      // The belief needs a few seconds of measurements.
      compare(Curve.of(snapshot, "anode", "estimated"), origin, 6, 0, 0.9);
      compare(Curve.of(snapshot, "anode", "bound"), origin, 7, 0, 0.9);
    }
  }

  /**
   * Holds a curve to a column of the trace at every time that both have.
   *
   * @param offset is taken off the trace's value: kelvin to degrees
   * @param share how many of the trace's rows must have been compared
   */
  private static void compare(Curve curve, double origin, int column, double offset, double share) {
    int compared = 0;
    for (double[] row : trace) {
      double drawn = curve.at(origin + row[0]);
      if (Double.isNaN(row[column])) {
        assertThat(drawn).isNaN();
      } else {
        assertThat(drawn)
            .as("column %d at %.1f s", column, row[0])
            .isCloseTo(row[column] - offset, within(PRECISION));
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo((int) (share * trace.size()));
  }

  @Test
  void stateOfChargeIsThatOfTheTrace() {
    JsonObject truth = history.getJsonObject("truth");
    JsonArray time = truth.getJsonArray("timeSeconds");
    JsonArray soc = truth.getJsonArray("soc");
    for (int i = 0; i < trace.size(); i++) {
      assertThat(time.getDouble(i) - time.getDouble(0)).isCloseTo(trace.get(i)[0], within(1e-9));
      assertThat(soc.getDouble(i)).isCloseTo(trace.get(i)[4], within(PRECISION));
    }
  }

  @Test
  void thePlanAheadIsDrawn() {
    JsonObject record = charging.getJsonObject("summary").getJsonObject("record");
    JsonObject plan = record.getJsonObject("plan");
    JsonArray ahead = plan.getJsonArray("secondsAhead");
    assertThat(ahead.size()).isGreaterThan(5);
    double now = record.getDouble("timeSeconds");
    String[][] curves = {
      {"current", "currentAmps"},
      {"voltage", "voltageVolts"},
      {"temperature", "temperatureCelsius"},
      {"anode", "anodePotentialVolts"}
    };
    for (String[] names : curves) {
      Curve drawn = Curve.of(charging, names[0], "plan");
      for (int i = 0; i < ahead.size(); i++) {
        assertThat(drawn.at(now + ahead.getDouble(i)))
            .as("%s, %s s ahead", names[0], ahead.getDouble(i))
            .isEqualTo(plan.getJsonArray(names[1]).getDouble(i));
      }
    }
    // What lies ahead is drawn as a plan only.
    assertThat(Curve.of(charging, "current", "current").at(now + ahead.getDouble(0))).isNaN();
    assertThat(ended.getJsonObject("series").getJsonObject("current").getJsonArray("data"))
        .as("no plan once the charge is over")
        .satisfies(
            data ->
                assertThat(((JsonArray) data).getJsonArray(3).stream().filter(v -> v != null))
                    .isEmpty());
  }

  @Test
  void bigNumbersAreTheLastRecord() {
    for (JsonObject snapshot : List.of(charging, ended, late)) {
      JsonObject record = snapshot.getJsonObject("summary").getJsonObject("record");
      JsonObject text = snapshot.getJsonObject("text");
      assertThat(text.getString("soc")).isEqualTo(fixed(record.getDouble("soc") * 100, 1));
      assertThat(text.getString("target")).isEqualTo("22");
      assertThat(text.getString("n-current"))
          .isEqualTo(fixed(record.getDouble("packCurrentAmps"), 1));
      assertThat(text.getString("n-voltage")).isEqualTo(fixed(record.getDouble("voltageVolts"), 3));
      assertThat(text.getString("n-temperature"))
          .isEqualTo(fixed(record.getDouble("temperatureCelsius"), 1));
      assertThat(text.getString("n-anode"))
          .isEqualTo(fixed(record.getDouble("anodePotentialVolts") * 1e3, 0));
      assertThat(text.getString("state"))
          .isEqualTo(record.getJsonObject("state").getString("name"));
      assertThat(text.getString("why")).isEqualTo(record.getString("why")).isNotBlank();
    }
    assertThat(charging.getJsonObject("text").getString("state")).isEqualTo("Charging");
    assertThat(charging.getJsonObject("text").getString("s-anode"))
        .contains("true\u00a0", "lowest\u00a0");
    assertThat(ended.getJsonObject("text").getString("state")).isEqualTo("Finished");
  }

  @Test
  void aPageThatIsOpenedLateShowsTheWholeCharge() {
    assertThat(late.getJsonObject("series")).isEqualTo(ended.getJsonObject("series"));
    assertThat(late.getString("contact")).isEqualTo("live");
  }

  @Test
  void nothingIsAskedOfOtherMachinesAndNothingGoesWrong() {
    assertThat(PROBLEMS).isEmpty();
  }

  @Test
  void thePageFitsPhoneDeskAndWall() {
    assertThat(OVERFLOWS).isEmpty();
    await().until(() -> Files.list(SCREENSHOTS).count() >= 2L * SIZES.length);
  }

  /** As the page writes numbers: a real minus sign, no negative zero. */
  private static String fixed(double value, int digits) {
    String text =
        new java.math.BigDecimal(value)
            .setScale(digits, java.math.RoundingMode.HALF_UP)
            .toPlainString();
    return text.replace('-', '−');
  }
}
