package dev.anodyne.core.p2d;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reference solution from the test resources (see PROVENANCE.md there). */
record ReferenceFile(
    double anodeConcentration,
    double cathodeConcentration,
    double endSeconds,
    List<String> columns,
    double[][] rows) {

  static ReferenceFile read(String name) {
    String resource = "/p2d/ref_" + name + ".csv";
    try (InputStream in = ReferenceFile.class.getResourceAsStream(resource)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = text.lines().toList();
      Matcher m =
          Pattern.compile("c_n0=([\\d.]+) c_p0=([\\d.]+).*end t=([\\d.]+)").matcher(lines.get(1));
      if (!m.find()) {
        throw new IllegalStateException(resource + " lacks its second header line");
      }
      double[][] rows =
          lines.stream()
              .skip(3)
              .map(l -> Arrays.stream(l.split(",")).mapToDouble(Double::parseDouble).toArray())
              .toArray(double[][]::new);
      return new ReferenceFile(
          Double.parseDouble(m.group(1)),
          Double.parseDouble(m.group(2)),
          Double.parseDouble(m.group(3)),
          List.of(lines.get(2).split(",")),
          rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double at(int row, String column) {
    return rows[row][columns.indexOf(column)];
  }
}
