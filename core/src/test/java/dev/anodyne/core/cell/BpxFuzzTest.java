package dev.anodyne.core.cell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.bpx.BpxReader;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.SolveStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file: it is a cell that can be stepped, or one complaint that names it. */
class BpxFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "mutated.json";

  private record Place(ObjectNode parent, String key) {}

  private static JsonNode valid() {
    try (InputStream in = CellLoader.class.getResourceAsStream("cells/okane2022.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void places(JsonNode node, List<Place> found) {
    if (node instanceof ObjectNode object) {
      object
          .fieldNames()
          .forEachRemaining(
              key -> {
                found.add(new Place(object, key));
                places(object.get(key), found);
              });
    }
  }

  /** JSON texts that a value is replaced by. */
  @Provide
  Arbitrary<String> replacements() {
    Arbitrary<String> odd =
        Arbitraries.of(
            "null",
            "true",
            "{}",
            "[]",
            "\"\"",
            "\"NaN\"",
            "\"1e-5\"",
            "-1",
            "0",
            "1e999",
            "-1e-300",
            "1e300",
            "5e-324",
            "\"x\"",
            "\"1/x\"",
            "\"log(x)\"",
            "\"1e300*x**x**x\"",
            "\"exp(exp(exp(9*x)))\"",
            "\"−x\"",
            "\"sin(x)\"",
            "\"__import__('os').system('ls')\"",
            "\"x.__class__\"",
            "\"1e\"",
            "\"((((x\"",
            "\"\\u0000\\n\"",
            "{\"x\": [0, 1], \"y\": [1]}",
            "{\"x\": [0, 0], \"y\": [1, 2]}",
            "{\"x\": [0, 1], \"y\": [1, 1e999]}",
            "{\"x\": [0, \"a\"], \"y\": [1, 2]}",
            "{\"x\": [], \"y\": []}",
            "{\"x\": [0.2, 0.8], \"y\": [1, 0.5]}");
    Arbitrary<String> numbers =
        Arbitraries.integers()
            .between(-30, 30)
            .flatMap(e -> Arbitraries.integers().between(-99, 99).map(m -> m + "e" + e));
    Arbitrary<String> expressions =
        Arbitraries.strings()
            .withChars("x()+-*/ .0123456789e,^·")
            .ofMaxLength(25)
            .map(s -> "\"" + s + "\"");
    return Arbitraries.oneOf(odd, numbers, expressions);
  }

  @Property(tries = 600)
  void aReplacedValueNeverEscapes(@ForAll("replacements") String text, @ForAll int where)
      throws IOException {
    JsonNode root = valid();
    List<Place> places = new ArrayList<>();
    places(root, places);
    Place place = places.get(Math.floorMod(where, places.size()));
    place.parent().set(place.key(), JSON.readTree(text.replace("1e999", "1e308")));
    String mutated = root.toString();
    if (text.contains("1e999")) {
      mutated = mutated.replace("1.0E308", "1e999").replace("1e308", "1e999");
    }
    endsNamed(mutated);
  }

  @Property(tries = 200)
  void aMissingOrRenamedKeyNeverEscapes(@ForAll int where, @ForAll boolean rename) {
    JsonNode root = valid();
    List<Place> places = new ArrayList<>();
    places(root, places);
    Place place = places.get(Math.floorMod(where, places.size()));
    JsonNode old = place.parent().remove(place.key());
    if (rename) {
      place.parent().set(place.key().replaceFirst("e", "ee") + "?", old);
    }
    endsNamed(root.toString());
  }

  @Property(tries = 200)
  void brokenTextNeverEscapes(@ForAll int where, @ForAll char c) {
    String text = valid().toString();
    int at = Math.floorMod(where, text.length());
    endsNamed(text.substring(0, at) + c + text.substring(at + 1));
    endsNamed(text.substring(0, at));
  }

  /** Deep or long input: refused at once, without exhausting the stack. */
  @Test
  void depthAndLengthAreBounded() {
    String text = valid().toString();
    String value = "\"Porosity\":0.25";
    assertThat(text).contains(value);
    for (String deep :
        new String[] {
          "[".repeat(100_000) + "]".repeat(100_000),
          "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
          "1" + "0".repeat(100_000)
        }) {
      assertThat(endsNamed(text.replace(value, "\"Porosity\":" + deep))).isEmpty();
    }
    String diffusivity = "\"Diffusivity [m2.s-1]\":3.3E-14";
    assertThat(text).contains(diffusivity);
    for (String expression :
        new String[] {
          "(".repeat(100_000),
          "x" + "+x".repeat(100_000),
          "-".repeat(3_000) + "x",
          "x**".repeat(2000)
        }) {
      assertThat(
              endsNamed(
                  text.replace(diffusivity, "\"Diffusivity [m2.s-1]\":\"" + expression + "\"")))
          .isEmpty();
    }
    // The longest that is allowed works.
    String longest = "1e-18" + "+1e-18".repeat(800);
    assertThat(endsNamed(text.replace(diffusivity, "\"Diffusivity [m2.s-1]\":\"" + longest + "\"")))
        .isPresent();
  }

  private static Optional<CellParameters> endsNamed(String json) {
    CellParameters cell;
    try {
      cell = CellLoader.of(FILE, BpxReader.read(FILE, json));
    } catch (BpxException e) {
      List<String> lines = e.getMessage().lines().toList();
      assertThat(lines.get(0)).startsWith(FILE + ": ").contains("; allowed: ");
      assertThat(lines.get(0)).matches(".*: (/|line \\d).*");
      assertThat(lines.size()).isLessThanOrEqualTo(2);
      if (lines.size() == 2) {
        assertThat(lines.get(1)).startsWith("Maybe ").endsWith(".");
      }
      return Optional.empty();
    }
    P2dModel model = P2dModel.of(cell, P2dOptions.CONTROL.withThermal(Thermal.ISOTHERMAL));
    P2dState state = model.newState(0.5, 298.15);
    P2dOutputs outputs = new P2dOutputs();
    SolveStatus status =
        P2dStepper.step(
            model,
            state,
            P2dControl.CURRENT,
            cell.nominalCapacityAmpHours(),
            1,
            298.15,
            model.newWorkspace(),
            outputs);
    if (status == SolveStatus.OK) {
      assertThat(outputs.voltageVolts).isFinite();
    }
    return Optional.of(cell);
  }
}
