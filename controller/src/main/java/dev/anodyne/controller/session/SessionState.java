package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ChargerFault;
import java.util.Set;

/** Where a charge stands. Times are on the loop's clock. */
public sealed interface SessionState {
  /** Name of the state as it is shown and logged. */
  String name();

  /**
   * A sentence for a person: why the session is in this state; empty when there is nothing to add.
   */
  String reason();

  /** Since when, ns. */
  long sinceNanos();

  /** True when the session is over and only a new one can charge. */
  default boolean isOver() {
    return false;
  }

  /** Whether a decided current may be commanded. */
  default boolean mayCommand() {
    return false;
  }

  /** No vehicle is there yet. */
  record Idle(String reason, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Idle";
    }
  }

  /** A vehicle is plugged in; nobody has allowed it to charge yet. */
  record Connected(String reason, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Connected";
    }
  }

  /** The vehicle may charge; charger, limits, first measurements or first decision are awaited. */
  record Authorised(String reason, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Authorised";
    }
  }

  /**
   * Current is commanded and none has been measured yet: the charger closes its contactors and
   * comes up. The command is the same as in {@link Charging}; a charger whose precharge fails says
   * so by a fault.
   */
  record PreCharge(long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Precharge";
    }

    @Override
    public String reason() {
      return "";
    }

    @Override
    public boolean mayCommand() {
      return true;
    }
  }

  /** Current has flowed, and flows or may flow. */
  record Charging(long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Charging";
    }

    @Override
    public boolean mayCommand() {
      return true;
    }

    @Override
    public String reason() {
      return "";
    }
  }

  /** The current is stopped for a reason that may pass; the charge then goes on by itself. */
  record Suspended(String reason, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Suspended";
    }
  }

  /**
   * Somebody has stopped the charge: the current goes to zero along a ramp, and the charger is
   * given a moment to follow.
   *
   * @param fromAmps battery current that was commanded when the stop came, A
   * @param rampAmpsPerSecond how fast it goes down, A/s
   */
  record Stopping(String reason, double fromAmps, double rampAmpsPerSecond, long sinceNanos)
      implements SessionState {
    /** Longest time to zero, s: slower ramps are made as steep as that. */
    static final double LONGEST_RAMP_SECONDS = 8;

    /** How long a charger may take to follow after that, s. */
    static final double FOLLOW_SECONDS = 2;

    @Override
    public String name() {
      return "Stopping";
    }

    @Override
    public boolean mayCommand() {
      return true;
    }

    /** A ramp from a current that is commanded; {@code rampAmpsPerSecond} is what is wished for. */
    static Stopping from(double amps, double rampAmpsPerSecond, String reason, long nowNanos) {
      double steepest = Math.max(rampAmpsPerSecond, amps / LONGEST_RAMP_SECONDS);
      return new Stopping(reason, amps, steepest, nowNanos);
    }

    /** The current that is not to be passed, A. */
    double allowedAmps(long nowNanos) {
      double seconds = Math.max(0, nowNanos - sinceNanos) * 1e-9;
      return Math.max(0, fromAmps - rampAmpsPerSecond * seconds);
    }

    /** Whether the charger had all the time that it is given. */
    boolean isDue(long nowNanos) {
      double seconds = (nowNanos - sinceNanos) * 1e-9;
      return seconds >= fromAmps / rampAmpsPerSecond + FOLLOW_SECONDS;
    }
  }

  /** Done: the target is reached, the vehicle has left, or somebody stopped the charge. */
  record Finished(String reason, boolean targetReached, long sinceNanos) implements SessionState {
    @Override
    public String name() {
      return "Finished";
    }

    @Override
    public boolean isOver() {
      return true;
    }
  }

  /**
   * The charger reports a fault. The charge goes on when the fault is gone, except after those that
   * a person has to look at.
   *
   * @param needsPerson true when only a new start can charge again
   */
  record Faulted(Set<ChargerFault> faults, boolean needsPerson, long sinceNanos)
      implements SessionState {
    private static final Set<ChargerFault> FOR_A_PERSON =
        Set.of(
            ChargerFault.EMERGENCY_STOP,
            ChargerFault.ISOLATION_FAULT,
            ChargerFault.CONTACTOR_WELDED);

    public Faulted {
      faults = Set.copyOf(faults);
    }

    /** The state for these faults. */
    static Faulted of(Set<ChargerFault> faults, long nowNanos) {
      boolean person = faults.stream().anyMatch(FOR_A_PERSON::contains);
      return new Faulted(faults, person, nowNanos);
    }

    @Override
    public String name() {
      return "Faulted";
    }

    @Override
    public String reason() {
      String list = String.join(", ", faults.stream().map(Enum::name).sorted().toList());
      return "The charger reports "
          + list
          + (needsPerson ? ". A person has to look at it and start a new session." : ".");
    }

    @Override
    public boolean isOver() {
      return needsPerson;
    }
  }
}
