package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.PolicyFile;
import dev.anodyne.controller.config.PolicyFile.Range;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.lab.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What a search varies, where the policy's file is not to be changed for it. */
final class RangeOptions {
  private static final Pattern FORM = Pattern.compile("([^=]+)=(.+?)\\.\\.(.+)");

  @Option(
      names = "--range",
      paramLabel = "KEY=LOW..HIGH",
      description = {
        "A key of the policy and where it is searched, e.g. search.anodeRiseSeconds=2..40; may be",
        "given several times. Only these are varied then, whatever the file lists under 'tune:'."
      })
  private List<String> given = new ArrayList<>();

  /** The policy with these ranges; as it is when none was given. */
  PolicyFile applyTo(PolicyFile file) {
    if (given.isEmpty()) {
      return file;
    }
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (String text : given) {
      Matcher parts = FORM.matcher(text);
      if (!parts.matches()) {
        throw new InputException(
            "--range: '"
                + text
                + "' is no range; allowed: KEY=LOW..HIGH, e.g. weights.decay=1..4.");
      }
      String key = parts.group(1).strip();
      if (ranges.put(key, range(file, key, parts.group(2), parts.group(3))) != null) {
        throw new InputException("--range: " + key + " is there twice; allowed: each key once.");
      }
    }
    return new PolicyFile(file.spec(), file.path(), ranges);
  }

  private static Range range(PolicyFile file, String key, String from, String to) {
    List<String> keys = PolicyFileReader.tunable(file.spec().policy());
    if (!keys.contains(key)) {
      String hint =
          keys.stream()
              .filter(known -> known.endsWith("." + key.replaceFirst(".*\\.", "")))
              .findFirst()
              .map(known -> "\nMaybe " + known + " is meant.")
              .orElse("");
      throw new InputException(
          "--range: '"
              + key
              + "' cannot be varied; allowed: "
              + String.join(", ", keys)
              + "."
              + hint);
    }
    Range widest = PolicyFileReader.widest(key);
    double low = number(key, from);
    double high = number(key, to);
    if (!(low < high && low >= widest.low() && high <= widest.high())) {
      throw new InputException(
          "--range: %s=%s..%s is not allowed; allowed: a lower and a higher number from %s to %s."
              .formatted(
                  key,
                  from.strip(),
                  to.strip(),
                  Checks.text(widest.low()),
                  Checks.text(widest.high())));
    }
    return new Range(low, high);
  }

  private static double number(String key, String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new InputException(
          "--range: '" + text + "' for " + key + " is not a number; allowed: LOW..HIGH, e.g. 1..4.",
          e);
    }
  }
}
