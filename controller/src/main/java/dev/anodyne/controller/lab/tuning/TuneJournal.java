package dev.anodyne.controller.lab.tuning;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.controller.lab.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finished evaluations, one JSON line each, beside the file that is to be written. A line of other
 * software, scenarios or parameters has another key and is not found.
 */
final class TuneJournal {
  /** Components only: what a record can tell besides is not kept. */
  private static final ObjectMapper JSON =
      new ObjectMapper().setVisibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE);

  private final Path file;
  private final Map<String, Figures> known;

  private record Line(String key, Figures figures) {}

  private TuneJournal(Path file, Map<String, Figures> known) {
    this.file = file;
    this.known = known;
  }

  /** The journal of a file that is to be written. A line that is cut off is left out. */
  static TuneJournal beside(Path out) {
    Path file = out.resolveSibling(out.getFileName() + ".journal");
    Map<String, Figures> known = new LinkedHashMap<>();
    try {
      for (String text : Files.readAllLines(file)) {
        try {
          Line line = JSON.readValue(text, Line.class);
          known.put(line.key(), line.figures());
        } catch (JsonProcessingException e) {
          // The process was killed while it wrote this line: it is computed again.
          continue;
        }
      }
    } catch (NoSuchFileException e) {
      return new TuneJournal(file, known);
    } catch (IOException e) {
      throw new InputException("--out: its journal " + file + " cannot be read.", e);
    }
    return new TuneJournal(file, known);
  }

  int size() {
    return known.size();
  }

  Optional<Figures> find(String key) {
    return Optional.ofNullable(known.get(key));
  }

  void add(String key, Figures figures) throws IOException {
    known.put(key, figures);
    String line = JSON.writeValueAsString(new Line(key, figures)) + "\n";
    Files.write(
        file,
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /** When everything is done. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
