package dev.anodyne.controller.config;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment in the time ahead of a charge: minutes from its start, or a time of day on the station's
 * clock, which comes again every day.
 *
 * @param minutes from the start; NaN for a time of day
 * @param timeOfDay null for minutes from the start
 */
public record Moment(double minutes, @Nullable LocalTime timeOfDay) {
  /** Two days: as far as a plan looks. */
  public static final double MOST_MINUTES = 2880;

  /** For messages. */
  public static final String ALLOWED =
      "minutes from the start (0 to 2880) or a time of day such as \"06:30\"";

  private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3]):([0-5]\\d)");

  /** Minutes from the start of the charge. */
  public static Moment afterMinutes(double minutes) {
    if (!(minutes >= 0 && minutes <= MOST_MINUTES)) {
      throw new IllegalArgumentException("'" + minutes + "' is not allowed; allowed: " + ALLOWED);
    }
    return new Moment(minutes, null);
  }

  /**
   * Reads either form.
   *
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public static Moment of(String text) {
    Matcher time = TIME.matcher(text.strip());
    if (time.matches()) {
      return new Moment(
          Double.NaN,
          LocalTime.of(Integer.parseInt(time.group(1)), Integer.parseInt(time.group(2))));
    }
    try {
      return afterMinutes(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not allowed; allowed: " + ALLOWED, e);
    }
  }

  /** Whether it is a time of day. */
  public boolean isTimeOfDay() {
    return timeOfDay != null;
  }

  /**
   * Seconds from the start of a charge to this moment: the next one for a time of day, always later
   * than the start.
   */
  public double secondsAfter(ZonedDateTime start) {
    if (timeOfDay == null) {
      return 60 * minutes;
    }
    double today = secondsAfter(start, 0);
    return today > 0 ? today : secondsAfter(start, 1);
  }

  /** Seconds from the start to a time of day so many days later; negative when it has passed. */
  double secondsAfter(ZonedDateTime start, int days) {
    if (timeOfDay == null) {
      return 60 * minutes;
    }
    ZonedDateTime then =
        start.toLocalDate().plusDays(days).atTime(timeOfDay).atZone(start.getZone());
    return Duration.between(start, then).toMillis() * 1e-3;
  }

  @Override
  public String toString() {
    return timeOfDay == null
        ? String.format(Locale.ROOT, "%s min after the start", Double.toString(minutes))
        : timeOfDay.toString();
  }
}
