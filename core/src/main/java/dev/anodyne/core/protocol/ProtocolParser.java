package dev.anodyne.core.protocol;

import java.util.ArrayList;
import java.util.List;

/** Recursive-descent parser of protocol steps; the grammar is in {@link Protocol#parse}. */
final class ProtocolParser {
  private static final String ACTIONS =
      "'Charge at …', 'Discharge at …', 'Hold at … V', 'Hold anode potential at … mV' or 'Rest'";
  private static final String RATES =
      "a C-rate ('2C', 'C/20'), a current ('10 A', '50 mA') or a power ('20 W')";
  private static final String CURRENTS = "a C-rate ('C/20') or a current ('50 mA')";
  private static final String ENDS =
      "a voltage ('4.2 V'), a current ('C/20', '50 mA'), 'anode potential 10 mV', a state of"
          + " charge ('80 %') or a temperature ('45 °C')";
  private static final String DURATIONS = "a duration ('10 s', '5 minutes', '1 hour')";

  private static final double SHORTEST_SECONDS = 1e-3;
  private static final double LONGEST_SECONDS = 100 * 365.25 * 86_400;

  private final ProtocolTokens tokens;

  private ProtocolParser(ProtocolTokens tokens) {
    this.tokens = tokens;
  }

  static Protocol parse(String text) {
    List<ProtocolStep> steps = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int semicolon = text.indexOf(';', start);
      int end = semicolon < 0 ? text.length() : semicolon;
      String step = text.substring(start, end);
      if (!step.isBlank()) {
        steps.add(new ProtocolParser(new ProtocolTokens(step, steps.size() + 1, start)).step());
      } else if (semicolon >= 0) {
        throw new ProtocolException(
            "Protocol step "
                + (steps.size() + 1)
                + " at character "
                + (start + 1)
                + " is empty; a step is "
                + ACTIONS
                + ".\nMaybe there is a semicolon too many.");
      }
      start = end + 1;
    }
    return new Protocol(steps);
  }

  private ProtocolStep step() {
    StepAction action = action();
    double maxSeconds = Double.POSITIVE_INFINITY;
    List<StepEnd> ends = new ArrayList<>();
    if (tokens.takeWord("for")) {
      maxSeconds = duration();
    }
    boolean more = tokens.takeWord("until");
    if (!more && tokens.takeWord("or")) {
      more = tokens.takeWord("until");
      if (!more) {
        throw tokens.expected("'until'");
      }
    }
    while (more) {
      ends.add(end(action));
      more = tokens.takeWord("or");
      if (more) {
        tokens.takeWord("until");
      }
    }
    if (!tokens.atEnd()) {
      throw tokens.expected(ends.isEmpty() ? "'for …' or 'until …'" : "'or …' or the step's end");
    }
    if (ends.isEmpty() && maxSeconds == Double.POSITIVE_INFINITY) {
      throw tokens.expected("'for …' or 'until …': without it the step would never end");
    }
    return new ProtocolStep(tokens.text(), action, maxSeconds, ends);
  }

  private StepAction action() {
    if (tokens.takeWord("charge")) {
      return drive(1.0);
    }
    if (tokens.takeWord("discharge")) {
      return drive(-1.0);
    }
    if (tokens.takeWord("rest")) {
      return new StepAction.HoldCurrent(new StepAction.Rate(0.0, false));
    }
    if (tokens.takeWord("hold")) {
      return hold();
    }
    throw tokens.expected(ACTIONS);
  }

  private StepAction drive(double sign) {
    requireWord("at");
    if (tokens.takeWord("c")) {
      return new StepAction.HoldCurrent(new StepAction.Rate(sign * fractionOfC(RATES), true));
    }
    double value = positive(RATES);
    if (tokens.takeWord("c")) {
      return new StepAction.HoldCurrent(new StepAction.Rate(sign * value, true));
    }
    if (tokens.takeWord("a")) {
      return new StepAction.HoldCurrent(new StepAction.Rate(sign * value, false));
    }
    if (tokens.takeWord("ma")) {
      return new StepAction.HoldCurrent(new StepAction.Rate(sign * value / 1000, false));
    }
    if (tokens.takeWord("w")) {
      return new StepAction.HoldPower(sign * value);
    }
    throw tokens.expected("a unit: 'C', 'A', 'mA' or 'W'");
  }

  private StepAction hold() {
    if (tokens.takeWord("anode")) {
      requireWord("potential");
      requireWord("at");
      return new StepAction.HoldAnodePotential(volts("an anode potential ('10 mV')"));
    }
    if (tokens.takeWord("at")) {
      return new StepAction.HoldVoltage(volts("a voltage ('4.2 V')"));
    }
    throw tokens.expected("'at … V' or 'anode potential at … mV'");
  }

  private StepEnd end(StepAction action) {
    if (tokens.takeWord("anode")) {
      requireWord("potential");
      return new StepEnd.AtAnodePotential(volts("an anode potential ('10 mV')"));
    }
    if (tokens.takeWord("c")) {
      return currentEnd(action, fractionOfC(ENDS), true);
    }
    double value = number(ENDS);
    if (tokens.takeWord("v")) {
      return new StepEnd.AtVoltage(value);
    }
    if (tokens.takeWord("mv")) {
      return new StepEnd.AtVoltage(value / 1000);
    }
    if (tokens.takeWord("c")) {
      return currentEnd(action, value, true);
    }
    if (tokens.takeWord("a")) {
      return currentEnd(action, value, false);
    }
    if (tokens.takeWord("ma")) {
      return currentEnd(action, value / 1000, false);
    }
    if (tokens.takeWord("%")) {
      return soc(value);
    }
    if (tokens.takeWord("°c") || tokens.takeWord("degc")) {
      return temperature(value);
    }
    throw tokens.expected("a unit: 'V', 'mV', 'C', 'A', 'mA', '%' or '°C'");
  }

  private StepEnd currentEnd(StepAction action, double value, boolean isCRate) {
    if (action instanceof StepAction.HoldCurrent) {
      throw tokens.wrong(
          "a step at constant current cannot end at a current; it can end at a"
              + " voltage, an anode potential, a state of charge or after a time");
    }
    if (!(value > 0)) {
      throw tokens.wrong("the current must be above 0; allowed is " + CURRENTS);
    }
    return new StepEnd.AtCurrent(new StepAction.Rate(value, isCRate));
  }

  private StepEnd soc(double percent) {
    if (!(percent >= 0 && percent <= 100)) {
      throw tokens.wrong("a state of charge must be between 0 and 100 %");
    }
    tokens.takeWord("soc");
    return new StepEnd.AtSoc(percent / 100);
  }

  private StepEnd temperature(double celsius) {
    if (!(celsius >= -100 && celsius <= 200)) {
      throw tokens.wrong("a temperature must be between -100 and 200 °C");
    }
    return new StepEnd.AtTemperature(celsius + 273.15);
  }

  private double fractionOfC(String allowed) {
    if (!tokens.takeWord("/")) {
      throw tokens.expected("'/' and a number, as in 'C/20'");
    }
    return 1.0 / positive(allowed);
  }

  private double volts(String allowed) {
    double value = number(allowed);
    if (tokens.takeWord("v")) {
      return value;
    }
    if (tokens.takeWord("mv")) {
      return value / 1000;
    }
    throw tokens.expected("a unit: 'V' or 'mV'");
  }

  private double duration() {
    double value = positive(DURATIONS);
    double seconds = value * secondsOfUnit();
    if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
      throw tokens.wrong("a duration must be between 1 ms and 100 years");
    }
    return seconds;
  }

  private double secondsOfUnit() {
    for (String unit : new String[] {"s", "sec", "second", "seconds"}) {
      if (tokens.takeWord(unit)) {
        return 1;
      }
    }
    for (String unit : new String[] {"min", "minute", "minutes"}) {
      if (tokens.takeWord(unit)) {
        return 60;
      }
    }
    for (String unit : new String[] {"h", "hour", "hours"}) {
      if (tokens.takeWord(unit)) {
        return 3600;
      }
    }
    throw tokens.expected("a unit: 's', 'minutes' or 'hours'");
  }

  private double positive(String allowed) {
    double value = number(allowed);
    if (!(value > 0)) {
      throw tokens.wrong("the number must be above 0; allowed is " + allowed);
    }
    return value;
  }

  private double number(String allowed) {
    Double value = tokens.takeNumber();
    if (value == null) {
      throw tokens.expected(allowed);
    }
    return value;
  }

  private void requireWord(String word) {
    if (!tokens.takeWord(word)) {
      throw tokens.expected("'" + word + "'");
    }
  }
}
