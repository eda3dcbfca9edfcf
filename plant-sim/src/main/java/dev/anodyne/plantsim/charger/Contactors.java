package dev.anodyne.plantsim.charger;

import dev.anodyne.core.charging.ChargerFault;
import org.jspecify.annotations.Nullable;

/**
 * The contactors between charger and battery, with pre-charge, auxiliary contacts and the charger's
 * diagnosis of them. Before they close, the output capacitor follows
 *
 * <pre>dV/dt = (V_battery − V)/(R·C)</pre>
 *
 * and the contactors close at 95 % of the battery's voltage. What the charger finds wrong stays
 * until {@link #reset}. Not thread-safe.
 */
public final class Contactors {
  /** Share of the battery's voltage at which the pre-charge is done. */
  private static final double DONE_SHARE = 0.95;

  /** How the contactors are out of order. */
  public enum Defect {
    NONE,
    /** Contacts are welded: once closed they stay closed. */
    WELDED,
    /** Contacts do not close, and open when they were closed. */
    STUCK_OPEN
  }

  private ContactorSettings settings;
  private Defect defect = Defect.NONE;
  private boolean feedbackInverted;
  private double prechargeFactor = 1;
  private boolean commanded;
  private boolean closed;
  private double closingSeconds;
  private double prechargingSeconds;
  private double mismatchSeconds;
  private double linkVolts;
  private @Nullable ChargerFault found;

  /** Contactors that are open. */
  public Contactors(ContactorSettings settings) {
    this.settings = settings;
  }

  /**
   * Moves on.
   *
   * @param wanted whether the charger commands them closed; a fault that they report opens them
   * @param batteryVolts voltage behind them, V
   * @param dtSeconds length of the step, s
   */
  public void step(boolean wanted, double batteryVolts, double dtSeconds) {
    commanded = wanted && found == null;
    if (commanded && !closed) {
      close(batteryVolts, dtSeconds);
    } else if (!commanded) {
      closed = closed && defect == Defect.WELDED;
      closingSeconds = 0;
      prechargingSeconds = 0;
      linkVolts = closed ? batteryVolts : 0;
    }
    if (defect == Defect.STUCK_OPEN) {
      closed = false;
    }
    linkVolts = closed ? batteryVolts : linkVolts;
    diagnose(dtSeconds);
  }

  private void close(double batteryVolts, double dtSeconds) {
    double tau = settings.prechargeOhms() * prechargeFactor * settings.outputFarads();
    linkVolts += (batteryVolts - linkVolts) * (tau > 0 ? -Math.expm1(-dtSeconds / tau) : 1);
    if (linkVolts < DONE_SHARE * batteryVolts) {
      prechargingSeconds += dtSeconds;
      if (prechargingSeconds > settings.prechargeTimeoutSeconds()) {
        found = ChargerFault.PRECHARGE_TIMEOUT;
      }
      return;
    }
    closingSeconds += dtSeconds;
    closed = defect != Defect.STUCK_OPEN && closingSeconds >= settings.closeSeconds();
  }

  /** Feedback that differs from the command for longer than closing takes is a fault. */
  private void diagnose(double dtSeconds) {
    boolean isClosing = commanded && !closed && defect != Defect.STUCK_OPEN;
    boolean differs = feedback() != commanded && !(isClosing && !feedbackInverted);
    mismatchSeconds = differs ? mismatchSeconds + dtSeconds : 0;
    if (found == null && mismatchSeconds > settings.diagnosisSeconds()) {
      found = commanded ? ChargerFault.CONTACTOR_FAILED_TO_CLOSE : ChargerFault.CONTACTOR_WELDED;
    }
  }

  /** Forgets what was found wrong: the battery was unplugged, or a technician was there. */
  public void reset() {
    found = null;
    mismatchSeconds = 0;
    prechargingSeconds = 0;
  }

  /** Whether current can flow. */
  public boolean isClosed() {
    return closed;
  }

  /** Whether the charger commands them closed. */
  public boolean isCommanded() {
    return commanded;
  }

  /** What the auxiliary contacts say. */
  public boolean feedback() {
    return closed != feedbackInverted;
  }

  /** Voltage of the charger's output capacitor, V. */
  public double linkVolts() {
    return linkVolts;
  }

  /** What the charger has found wrong with them, or null. */
  public @Nullable ChargerFault found() {
    return found;
  }

  public ContactorSettings settings() {
    return settings;
  }

  /** Changes how they are built, from the next closing on. */
  public void setSettings(ContactorSettings newSettings) {
    settings = newSettings;
  }

  public Defect defect() {
    return defect;
  }

  public void setDefect(Defect newDefect) {
    defect = newDefect;
  }

  public boolean isFeedbackInverted() {
    return feedbackInverted;
  }

  /** Makes the auxiliary contacts say the opposite. */
  public void setFeedbackInverted(boolean inverted) {
    feedbackInverted = inverted;
  }

  /** Factor on the pre-charge resistor; a burnt one has a large one. */
  public double prechargeFactor() {
    return prechargeFactor;
  }

  /** See {@link #prechargeFactor()}. */
  public void setPrechargeFactor(double factor) {
    prechargeFactor = factor;
  }
}
