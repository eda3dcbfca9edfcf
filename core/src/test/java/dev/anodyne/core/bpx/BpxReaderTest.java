package dev.anodyne.core.bpx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BpxReaderTest {
  private static String shipped() {
    try (InputStream in =
        BpxReaderTest.class.getResourceAsStream("/dev/anodyne/core/cell/cells/lgm50.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readsAShippedFile() {
    BpxFile file = BpxReader.read("lgm50.json", shipped());
    assertThat(file.cell().nominalCapacityAmpHours()).isEqualTo(5);
    assertThat(file.references()).contains("Chen", "O'Kane");
    assertThat(file.user("Lithium plating transfer coefficient")).hasValue(0.65);
    assertThat(file.user("no such thing")).isEmpty();
  }

  /** Every complaint names the file, the path, the value and what is allowed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Porosity\": 0.25 | \"Porosity\": 1.25 | /Parameterisation/Negative electrode/Porosity is 1.25 | (0, 1]",
        "\"Porosity\": 0.25 | \"Porosity\": \"a\" | Porosity is \"a\" | (0, 1]",
        "\"Porosity\": 0.25 | \"Porositty\": 0.25 | Porosity is missing | (0, 1]",
        "\"Nominal cell capacity [A.h]\": 5.0 | \"Nominal cell capacity [A.h]\": 5.0, \"Extra\": 1 | /Parameterisation/Cell/Extra is not part | User-defined",
        "\"Model\": \"DFN\" | \"Model\": \"SPM\" | /Header/Model is \"SPM\" | \"DFN\"",
        "-0.8090 * x | -0.8090 * y | unknown name 'y' | an expression in x",
        "\"Lower voltage cut-off [V]\": 2.5 | \"Lower voltage cut-off [V]\": 4.5 | Upper voltage cut-off [V] is 4.2 | more than the lower",
        "\"Separator\": { | \"Separators\": { | /Parameterisation/Separator is missing | object"
      })
  void complaintsNameFilePathValueAndWhatIsAllowed(
      String before, String after, String what, String allowed) {
    String text = shipped();
    assertThat(text).contains(before);
    assertThatThrownBy(
            () ->
                BpxReader.read(
                    "some.json",
                    text.replaceFirst(
                        java.util.regex.Pattern.quote(before),
                        java.util.regex.Matcher.quoteReplacement(after))))
        .isInstanceOf(BpxException.class)
        .hasMessageContaining("some.json: ")
        .hasMessageContaining(what)
        .hasMessageContaining(allowed);
  }

  /** Line breaks and control characters of the file never split the one line of the complaint. */
  @ParameterizedTest
  @ValueSource(strings = {"\\u0000\\n", "\\r\\nx", "\\u2028", "\\u0085", "\\u001b[31m"})
  void oddCharactersStayInOneLine(String odd) {
    assertThatThrownBy(
            () ->
                BpxReader.read(
                    "odd.json",
                    shipped().replace("\"Model\": \"DFN\"", "\"Model\": \"" + odd + "\"")))
        .isInstanceOf(BpxException.class)
        .hasMessageStartingWith("odd.json: /Header/Model is \"")
        .hasMessageContaining("; allowed: \"DFN\"")
        .message()
        .satisfies(m -> assertThat(m.split("\\R", -1)[0]).contains("; allowed: "));
  }

  @Test
  void brokenJsonNamesTheLine() {
    assertThatThrownBy(() -> BpxReader.read("broken.json", "{\n\"Header\": ,}"))
        .isInstanceOf(BpxException.class)
        .hasMessageStartingWith("broken.json: line 2 is not JSON");
    assertThatThrownBy(() -> BpxReader.read("empty.json", "")).isInstanceOf(BpxException.class);
  }
}
