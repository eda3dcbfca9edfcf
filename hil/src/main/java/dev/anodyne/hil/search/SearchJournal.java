package dev.anodyne.hil.search;

import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a search as a CSV file, each written as soon as it is there. A search that begins
 * with such a file takes from it what it would run again. Thread-safe.
 */
final class SearchJournal implements AutoCloseable {
  private final Map<String, SearchSample> known = new ConcurrentHashMap<>();
  private final Writer out;

  /**
   * Opens or begins one.
   *
   * @param identity a line that says what was searched with what: a file of another search is
   *     refused
   * @throws ScenarioException when the file belongs to another search
   */
  SearchJournal(Path file, String identity, List<SearchParameter> parameters) throws IOException {
    String head = "# " + identity + "\n" + header(parameters) + "\n";
    if (Files.exists(file) && Files.size(file) > 0) {
      String text = Files.readString(file);
      if (!text.startsWith(head)) {
        throw new ScenarioException(
            file
                + ": holds the samples of another search, scenario or controller.\n"
                + "Maybe use another --out, or delete the file.");
      }
      int whole = text.lastIndexOf('\n') + 1; // a line that was cut counts as not there
      text.substring(head.length(), whole).lines().forEach(line -> take(line, parameters.size()));
      out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
      out.write(text.substring(0, whole));
    } else {
      out = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE);
      out.write(head);
    }
    out.flush();
  }

  private static String header(List<SearchParameter> parameters) {
    StringBuilder header = new StringBuilder("Sample");
    for (SearchParameter p : parameters) {
      header.append(',').append(p.path());
      header.append(p.unit().isEmpty() ? "" : " [" + p.unit() + "]");
    }
    return header.append(",Verdict,Margin,Unit,At [s]").toString();
  }

  private void take(String line, int parameters) {
    String[] cells = line.split(",", -1);
    if (cells.length != parameters + 5) {
      throw new ScenarioException("'" + line + "' is no sample of " + parameters + " parameters.");
    }
    double[] values =
        Arrays.stream(cells, 1, 1 + parameters).mapToDouble(Double::parseDouble).toArray();
    known.put(
        cells[0],
        new SearchSample(
            cells[0],
            values,
            Verdict.valueOf(cells[parameters + 1]),
            Double.parseDouble(cells[parameters + 2]),
            cells[parameters + 3],
            Double.parseDouble(cells[parameters + 4])));
  }

  /** A sample that is there already; null when it is not, or was of other values. */
  @Nullable SearchSample find(String id, double[] values) {
    SearchSample found = known.get(id);
    return found != null && Arrays.equals(found.values(), values) ? found : null;
  }

  /** Samples that were there, or have been added. */
  int count() {
    return known.size();
  }

  synchronized void add(SearchSample sample) {
    known.put(sample.id(), sample);
    StringBuilder line = new StringBuilder(sample.id());
    for (double value : sample.values()) {
      line.append(',').append(value);
    }
    line.append(',').append(sample.verdict()).append(',').append(sample.margin());
    line.append(',').append(sample.unit()).append(',').append(sample.timeSeconds()).append('\n');
    try {
      out.write(line.toString());
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
