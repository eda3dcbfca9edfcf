package dev.anodyne.opcua.inspect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a dry run of one connector showed.
 *
 * @param connector the connector's id
 * @param endpoint where its charger is
 * @param user who logged in
 * @param own this application's certificate
 * @param server the charger's certificate; empty when the charger did not answer
 * @param tags every tag and word of the mapping, as far as the dry run came
 * @param roundTrips how long reading everything took; empty when it was not read
 * @param zeroWrite how no current was taken, in words; empty when nothing was written
 * @param problems why this connector would not charge, or not as it should; empty when all is well
 * @param notes what is worth knowing besides
 */
public record CheckReport(
    String connector,
    String endpoint,
    String user,
    Certificate own,
    Optional<Certificate> server,
    List<TagCheck> tags,
    Optional<RoundTrips> roundTrips,
    Optional<String> zeroWrite,
    List<String> problems,
    List<String> notes) {
  public CheckReport {
    tags = List.copyOf(tags);
    problems = List.copyOf(problems);
    notes = List.copyOf(notes);
  }

  /**
   * A certificate's state.
   *
   * @param subject who it belongs to
   * @param sha256 its fingerprint
   * @param validUntil the end of its validity, ISO 8601
   * @param state trusted, not trusted, own
   */
  public record Certificate(String subject, String sha256, String validUntil, String state) {
    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("subject", subject);
      map.put("sha256", sha256);
      map.put("valid_until", validUntil);
      map.put("state", state);
      return map;
    }
  }

  /**
   * Times from a request with all nodes to its answer.
   *
   * @param count how many requests
   * @param nodes how many nodes in each
   * @param medianMillis their median, ms
   * @param worstMillis the longest, ms
   */
  public record RoundTrips(int count, int nodes, double medianMillis, double worstMillis) {}

  /**
   * One tag or word.
   *
   * @param name the tag's path, or the word's place in the mapping
   * @param node the node's id; a constant's or a missing one's is empty
   * @param type the server's data type
   * @param serverUnit the server's unit; empty when it tells none
   * @param serverRange the server's range; empty when it tells none
   * @param text the value for a person, in the tag's unit
   * @param value the same for programs
   * @param status its status
   * @param age by its source's time stamp and this machine's clock; empty without a stamp
   * @param problem what is wrong; empty when nothing is
   */
  public record TagCheck(
      String name,
      String node,
      String type,
      String serverUnit,
      String serverRange,
      String text,
      @Nullable Object value,
      String status,
      Optional<Duration> age,
      String problem) {
    private Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("node", node);
      map.put("type", type);
      map.put("server_unit", serverUnit);
      map.put("server_range", serverRange);
      map.put("value", value);
      map.put("shown", text);
      map.put("status", status);
      map.put("age_s", age.map(time -> time.toMillis() / 1e3).orElse(null));
      map.put("problem", problem);
      return map;
    }
  }

  /** True when nothing speaks against charging here. */
  public boolean isGood() {
    return problems.isEmpty();
  }

  /** For a person. */
  public String text() {
    StringBuilder text = new StringBuilder(connector + ": " + endpoint + " as " + user);
    server.ifPresent(one -> text.append("\n  charger's certificate: ").append(said(one)));
    text.append("\n  own certificate: ").append(said(own));
    roundTrips.ifPresent(
        times ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%n  reading all %d nodes: median %.1f ms, worst %.1f ms of %d",
                    times.nodes(),
                    times.medianMillis(),
                    times.worstMillis(),
                    times.count())));
    addTags(text);
    zeroWrite.ifPresent(said -> text.append("\n  ").append(said));
    notes.forEach(note -> text.append("\n  note: ").append(indented(note)));
    problems.forEach(problem -> text.append("\n  PROBLEM: ").append(indented(problem)));
    text.append(isGood() ? "\n  all is well" : "\n  would not charge like this");
    return text.toString();
  }

  private void addTags(StringBuilder text) {
    if (tags.isEmpty()) {
      return;
    }
    String form = "%n  %-26s %-24s %-10s %-6s %-22s %-12s %s";
    text.append(
        String.format(
            Locale.ROOT, form, "tag", "value", "type", "unit", "server's range", "status", "age"));
    for (TagCheck tag : tags) {
      String age =
          tag.age()
              .map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3))
              .orElse("–");
      text.append(
          String.format(
              Locale.ROOT,
              form,
              tag.name(),
              tag.text(),
              tag.type(),
              tag.serverUnit(),
              tag.serverRange(),
              tag.status(),
              age));
    }
  }

  private static String indented(String lines) {
    return lines.replace("\n", "\n    ");
  }

  private static String said(Certificate one) {
    return one.state()
        + ", valid until "
        + one.validUntil()
        + ", "
        + one.subject()
        + "\n    SHA-256 "
        + one.sha256();
  }

  /** For JSON. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("connector", connector);
    map.put("endpoint", endpoint);
    map.put("good", isGood());
    map.put("own_certificate", own.toMap());
    map.put("server_certificate", server.map(Certificate::toMap).orElse(null));
    roundTrips.ifPresent(
        times -> {
          map.put("reads", times.count());
          map.put("round_trip_median_ms", times.medianMillis());
          map.put("round_trip_worst_ms", times.worstMillis());
        });
    List<Object> rows = new ArrayList<>();
    tags.forEach(tag -> rows.add(tag.toMap()));
    map.put("tags", rows);
    zeroWrite.ifPresent(said -> map.put("zero_write", said));
    map.put("problems", problems);
    map.put("notes", notes);
    return map;
  }
}
