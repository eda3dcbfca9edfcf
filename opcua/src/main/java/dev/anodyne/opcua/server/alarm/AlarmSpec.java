package dev.anodyne.opcua.server.alarm;

import java.time.Duration;
import java.util.Set;

/**
 * One kind of condition that a charger or the station can have.
 *
 * @param name its name, unique below its owner, for example {@code LinkLost}
 * @param kind which type it is of
 * @param conditionClass what it is about
 * @param severity 1 (harmless) to 1000, while it is active and its cause says nothing else
 * @param onDelay how long a cause must last before it counts
 * @param offDelay how long a cause must be gone before it counts no more
 * @param fault true when acknowledging it is acknowledging the charger's fault or stop
 * @param confirmed true when somebody must confirm, after acknowledging, that it has been dealt
 *     with
 * @param levels the limits that a limit alarm has; empty for others
 * @param input path of the variable below the owner that it is about; empty for none
 * @param when in which case it becomes active, for people
 */
public record AlarmSpec(
    String name,
    AlarmKind kind,
    Topic conditionClass,
    int severity,
    Duration onDelay,
    Duration offDelay,
    boolean fault,
    boolean confirmed,
    Set<LimitLevel> levels,
    String input,
    String when) {
  /** The longest delay that may be set. */
  public static final Duration LONGEST_DELAY = Duration.ofHours(1);

  /** What an alarm is about; each stands for a condition class of OPC 10000-9 §5.9. */
  public enum Topic {
    /** The charge itself. */
    PROCESS,
    /** The system that controls it. */
    SYSTEM,
    /** Something to be maintained. */
    MAINTENANCE
  }

  public AlarmSpec {
    if (severity < 1 || severity > 1000) {
      throw new IllegalArgumentException(
          "Severity of " + name + " is " + severity + "; allowed: 1 to 1000.");
    }
    levels = Set.copyOf(levels);
    check(name, "onDelay", onDelay);
    check(name, "offDelay", offDelay);
  }

  /** The same with another severity and other delays. */
  public AlarmSpec tuned(int newSeverity, Duration newOnDelay, Duration newOffDelay) {
    return new AlarmSpec(
        name,
        kind,
        conditionClass,
        newSeverity,
        newOnDelay,
        newOffDelay,
        fault,
        confirmed,
        levels,
        input,
        when);
  }

  private static void check(String name, String what, Duration delay) {
    if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException(
          what
              + " of "
              + name
              + " is "
              + delay.toMillis() / 1000.0
              + " s; allowed: 0 to "
              + LONGEST_DELAY.toSeconds()
              + " s.");
    }
  }
}
