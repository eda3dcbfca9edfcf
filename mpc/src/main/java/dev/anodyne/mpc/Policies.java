package dev.anodyne.mpc;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.mpc.baseline.CcCvLaw;
import dev.anodyne.mpc.baseline.CellTraits;
import dev.anodyne.mpc.baseline.ConstantTemperatureLaw;
import dev.anodyne.mpc.baseline.CurrentLaw;
import dev.anodyne.mpc.baseline.CurrentMap;
import dev.anodyne.mpc.baseline.DerivedLaws;
import dev.anodyne.mpc.baseline.FastestPlatingFreeCcCv;
import dev.anodyne.mpc.baseline.InversionLaw;
import dev.anodyne.mpc.baseline.LawPolicy;
import dev.anodyne.mpc.baseline.MapLaw;
import dev.anodyne.mpc.baseline.PulseLaw;
import dev.anodyne.mpc.baseline.RiderLaw;
import dev.anodyne.mpc.baseline.StageLaw;
import dev.anodyne.mpc.baseline.StageTuning;
import dev.anodyne.mpc.baseline.TemperatureTuning;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.objective.ObjectivePolicy;
import dev.anodyne.mpc.optimum.OpenLoopLaw;
import dev.anodyne.mpc.optimum.OpenLoopOptimum;
import dev.anodyne.mpc.optimum.OpenLoopPlan;
import dev.anodyne.mpc.optimum.OptimumTask;
import dev.anodyne.mpc.prediction.Collisions;
import dev.anodyne.mpc.spec.LimitedPolicy;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Makes policies by the names that the command line, configuration files and reports use. */
public final class Policies {
  /** The names, for messages and completion. */
  public static final List<String> NAMES =
      List.of(
          "mpc",
          "cccv:RATE",
          "cccv-noplating",
          "multistage",
          "boost",
          "pulse",
          "cccv-t",
          "map",
          "rider",
          "inversion",
          "optimum");

  private static final String CCCV = "cccv:";
  private static final double LARGEST_RATE = 20.0;
  private static final int STAGES = 5;

  private Policies() {}

  /**
   * Checks a name without making anything.
   *
   * @throws IllegalArgumentException one line that names the value and what is allowed
   */
  public static void check(String name) {
    if (name.startsWith(CCCV)) {
      rate(name);
    } else if (!NAMES.contains(name) || name.equals("cccv:RATE")) {
      throw unknown(name);
    }
  }

  /**
   * Checks that a policy may charge a battery, not only a simulated one.
   *
   * @throws IllegalArgumentException one line that names the value, and a hint
   */
  public static void checkForBattery(String name) {
    if (name.equals("optimum")) {
      throw new IllegalArgumentException(
          "Policy \"optimum\" plays a current back without looking at the battery; it is for"
              + " simulated charges.\nMaybe mpc or rider?");
    }
  }

  /**
   * Makes a policy. Some are tuned on the model first, which takes up to a few seconds.
   *
   * @throws IllegalArgumentException one line that names the value and what is allowed
   */
  public static ChargingPolicy create(String name, PolicyContext context) {
    check(name);
    P2dModel model = P2dModel.of(context.cell(), P2dOptions.CONTROL);
    if (name.equals("mpc")) {
      return mpc(context, MpcSettings.forPeriod(context.periodSeconds()));
    }
    return new LawPolicy(
        law(name, context, model),
        context.periodSeconds(),
        context.chargerDelaySeconds(),
        context.clock(),
        new Collisions(model));
  }

  /**
   * Makes the policy that a specification describes, under its limits.
   *
   * @throws IllegalArgumentException one line that names the value and what is allowed, or the
   *     limits that collide so that no current could ever reach the target
   */
  public static ChargingPolicy create(PolicySpec spec, PolicyContext context) {
    double capacity = context.cell().nominalCapacityAmpHours();
    PolicyContext own = own(spec, context);
    Contradictions.refuse(spec, own);
    ChargingPolicy policy =
        spec.isMpc()
            ? mpc(own, forPeriod(spec.settings(), context.periodSeconds()))
            : create(spec.policy(), own);
    ChargingPolicy limited =
        spec.limits().equals(PolicyLimits.NONE)
            ? policy
            : new LimitedPolicy(policy, spec.limits(), capacity);
    ChargeGoal goal = spec.objective().goal();
    return goal.isFastest() ? limited : new ObjectivePolicy(limited, own, goal);
  }

  /**
   * Refuses what {@link #create(PolicySpec, PolicyContext)} would refuse for its limits, without
   * making anything: quick.
   *
   * @throws IllegalArgumentException one line with the limits that collide so that no current could
   *     ever reach the target
   */
  public static void refuseCollisions(PolicySpec spec, PolicyContext context) {
    PolicyContext own = own(spec, context);
    Refusal key = new Refusal(spec, own.limits(), own.ambientKelvin());
    // A station checks a thousand equal connectors: one answer does for all that share their cell.
    DerivedLaws.of(
        context.cell(),
        key,
        Refusal.class,
        () -> {
          Contradictions.refuse(spec, own);
          return key;
        });
  }

  /** What a refusal depends on beside the cell. */
  private record Refusal(PolicySpec spec, ChargeLimits limits, double ambientKelvin) {}

  /** The context with what the policy itself says of limits and deadline. */
  private static PolicyContext own(PolicySpec spec, PolicyContext context) {
    double ambient = context.ambientKelvin();
    return context
        .withLimits(
            spec.limits()
                .tighten(
                    context.limits(), ambient, ambient, context.cell().nominalCapacityAmpHours()))
        .withDeadlineNanos(deadlineNanos(spec, context));
  }

  private static MpcSettings forPeriod(MpcSettings settings, double periodSeconds) {
    return settings.withHorizon(settings.horizon().withPeriod(periodSeconds));
  }

  /** A deadline counts only where decisions are made by the clock; the shorter one then. */
  private static long deadlineNanos(PolicySpec spec, PolicyContext context) {
    if (context.deadlineNanos() == 0 || spec.deadlineSeconds().isEmpty()) {
      return context.deadlineNanos();
    }
    long own = Math.max(1, Math.round(spec.deadlineSeconds().getAsDouble() * 1e9));
    return Math.min(context.deadlineNanos(), own);
  }

  /** The model-predictive controller with settings of one's own. */
  public static MpcPolicy mpc(PolicyContext context, MpcSettings settings) {
    return new MpcPolicy(
        P2dModel.of(context.cell(), P2dOptions.CONTROL),
        map(context),
        settings,
        context.clock(),
        context.deadlineNanos(),
        new KnownAhead(context.outlook().maxPowerWatts(), context.chargerDelaySeconds()));
  }

  private static CurrentLaw law(String name, PolicyContext context, P2dModel model) {
    if (name.equals("rider")) {
      return new RiderLaw(model, context.periodSeconds());
    }
    if (name.equals("inversion")) {
      return new InversionLaw(model, context.periodSeconds());
    }
    if (name.equals("optimum")) {
      OpenLoopPlan plan =
          tuned(
              name,
              context,
              OpenLoopPlan.class,
              () -> OpenLoopOptimum.find(optimumTask(context, model)));
      return new OpenLoopLaw(plan, context.periodSeconds());
    }
    return regulatedLaw(name, context, model);
  }

  /** Laws with a regulator for voltage and temperature on top, tuned on the model before. */
  private static CurrentLaw regulatedLaw(String name, PolicyContext context, P2dModel model) {
    ChargeLimits limits = atAmbient(context);
    double soc = context.startSoc();
    double period = context.periodSeconds();
    CellTraits traits = CellTraits.of(model, soc, context.ambientKelvin(), period);
    if (name.startsWith(CCCV)) {
      return new CcCvLaw(rate(name) * context.cell().nominalCapacityAmpHours(), traits);
    }
    return switch (name) {
      case "cccv-noplating" ->
          new CcCvLaw(
              tuned(name, context, Double.class, () -> noPlatingAmps(context, model)), traits);
      case "cccv-t" ->
          new ConstantTemperatureLaw(
              tuned(
                  name,
                  context,
                  ConstantTemperatureLaw.Setting.class,
                  () -> TemperatureTuning.tune(model, limits, soc)),
              traits);
      case "multistage" ->
          new StageLaw(
              tuned(
                  name,
                  context,
                  StageLaw.Stages.class,
                  () -> StageTuning.multistage(model, limits, soc, STAGES)),
              traits);
      case "boost" ->
          new StageLaw(
              tuned(
                  name,
                  context,
                  StageLaw.Stages.class,
                  () -> StageTuning.boost(model, limits, soc)),
              traits);
      case "pulse" ->
          new PulseLaw(
              tuned(
                  name,
                  context,
                  PulseLaw.Pulses.class,
                  () -> StageTuning.pulse(model, limits, soc, STAGES, period)),
              traits);
      case "map" -> new MapLaw(map(context), traits);
      default -> throw unknown(name);
    };
  }

  /** What a tuning depends on beside the cell. */
  private record TuningKey(
      String name, ChargeLimits limits, double startSoc, double periodSeconds) {}

  private static <T> T tuned(String name, PolicyContext context, Class<T> type, Supplier<T> make) {
    TuningKey key =
        new TuningKey(name, atAmbient(context), context.startSoc(), context.periodSeconds());
    return DerivedLaws.of(context.cell(), key, type, make);
  }

  private static OptimumTask optimumTask(PolicyContext context, P2dModel model) {
    MpcSettings.Margins margins = MpcSettings.Margins.DEFAULT;
    return new OptimumTask(
        model,
        atAmbient(context),
        context.startSoc(),
        context.periodSeconds(),
        margins.maxAnodeSurfaceStoichiometry(),
        margins.minElectrolyteMolPerM3());
  }

  private static double noPlatingAmps(PolicyContext context, P2dModel model) {
    ChargeLimits limits = context.limits();
    double capacity = context.cell().nominalCapacityAmpHours();
    double rate =
        FastestPlatingFreeCcCv.rate(
            model,
            context.startSoc(),
            limits.targetSoc(),
            context.ambientKelvin(),
            limits.maxVoltageVolts(),
            limits.minAnodePotentialVolts(),
            limits.maxChargeCurrentAmps() / capacity);
    return rate * capacity;
  }

  private static CurrentMap map(PolicyContext context) {
    return CurrentMap.cached(
        context.cell(),
        context.limits().minAnodePotentialVolts(),
        context.limits().maxChargeCurrentAmps());
  }

  private static ChargeLimits atAmbient(PolicyContext context) {
    ChargeLimits l = context.limits();
    return new ChargeLimits(
        l.maxChargeCurrentAmps(),
        l.maxVoltageVolts(),
        l.maxTemperatureKelvin(),
        l.minAnodePotentialVolts(),
        l.targetSoc(),
        l.maxPowerWatts(),
        l.maxRampAmpsPerSecond(),
        context.ambientKelvin());
  }

  private static double rate(String name) {
    String text = name.substring(CCCV.length());
    double rate;
    try {
      rate = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      rate = Double.NaN;
    }
    if (!(rate > 0.0 && rate <= LARGEST_RATE)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Policy \"%s\": the C-rate \"%s\" must be a number above 0 and at most %.0f.%n"
                  + "Maybe cccv:1.5?",
              name,
              text,
              LARGEST_RATE));
    }
    return rate;
  }

  private static IllegalArgumentException unknown(String name) {
    String hint = name.startsWith("cccv") ? "Maybe cccv:1, with the C-rate after a colon?" : "";
    String message =
        "Policy \"" + name + "\" is not available; allowed: " + String.join(", ", NAMES) + ".";
    return new IllegalArgumentException(hint.isEmpty() ? message : message + "\n" + hint);
  }
}
