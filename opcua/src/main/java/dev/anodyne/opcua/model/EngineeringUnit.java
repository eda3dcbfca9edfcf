package dev.anodyne.opcua.model;

import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/**
 * Engineering units by their UN/CEFACT common code (Recommendation 20), as OPC UA Part 8 §5.6.3
 * wants them: the unit's id is the code's ASCII characters read as one big-endian number.
 */
public enum EngineeringUnit {
  AMPERE("AMP", "A", "ampere"),
  /** Not in Recommendation 20: carries no code. */
  AMPERE_PER_SECOND("", "A/s", "ampere per second"),
  VOLT("VLT", "V", "volt"),
  WATT("WTT", "W", "watt"),
  KELVIN("KEL", "K", "kelvin"),
  SECOND("SEC", "s", "second"),
  MILLISECOND("C26", "ms", "millisecond"),
  NANOSECOND("C47", "ns", "nanosecond"),
  /** A count or a flag: no unit. */
  ONE("C62", "1", "one");

  private static final String UN_CEFACT = "http://www.opcfoundation.org/UA/units/un/cefact";
  private static final int NO_CODE = -1;

  private final String code;
  private final String symbol;
  private final String description;

  EngineeringUnit(String code, String symbol, String description) {
    this.code = code;
    this.symbol = symbol;
    this.description = description;
  }

  /** The unit's sign, for example {@code A}. */
  public String symbol() {
    return symbol;
  }

  /** The OPC UA structure that says this unit. */
  public EUInformation toEuInformation() {
    return new EUInformation(
        UN_CEFACT, unitId(), LocalizedText.english(symbol), LocalizedText.english(description));
  }

  /** The number that stands for the UN/CEFACT code; −1 when there is none. */
  public int unitId() {
    return code.isEmpty() ? NO_CODE : unitId(code);
  }

  /** The number that stands for a UN/CEFACT code of up to three characters. */
  static int unitId(String code) {
    int id = 0;
    for (int i = 0; i < code.length(); i++) {
      id = id << 8 | code.charAt(i);
    }
    return id;
  }
}
