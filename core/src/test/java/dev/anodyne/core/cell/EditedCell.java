package dev.anodyne.core.cell;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A shipped set with other User-defined entries, through a file as any user would. */
public final class EditedCell {
  private EditedCell() {}

  /**
   * Loads the set with some entries replaced or added.
   *
   * @param entries numbers or texts by name; an empty text removes the entry
   */
  public static CellParameters of(String name, Map<String, ?> entries) {
    ObjectMapper json = new ObjectMapper();
    try (InputStream in = CellParameters.class.getResourceAsStream("cells/" + name + ".json")) {
      ObjectNode root = (ObjectNode) json.readTree(in);
      ObjectNode user = root.with("Parameterisation").with("User-defined");
      entries.forEach(
          (key, value) -> {
            if (value.equals("")) {
              user.remove(key);
            } else {
              user.putPOJO(key, value);
            }
          });
      Path file = Files.createTempFile(name, ".json");
      try {
        Files.writeString(file, json.writeValueAsString(root));
        return CellParameters.load(file.toString());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
