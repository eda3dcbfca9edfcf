package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.FaultWord;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.WireType;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.jspecify.annotations.Nullable;

/**
 * Makes tag values of what a server sends during one session, whole answers or changes. Keeps the
 * newest value of every node and its clock. Answers come one after the other, on any thread.
 */
final class TagReader {
  private static final Set<ChargerTag> MEASURED = ChargerImage.measuredTags();

  /** What servers say of a node that they have taken away. */
  private static final Set<Long> GONE =
      Set.of(
          StatusCodes.Bad_NodeIdUnknown,
          StatusCodes.Bad_NodeIdInvalid,
          StatusCodes.Bad_MonitoredItemIdInvalid);

  /** The part of a status code that says what happened. */
  private static final long CODE = 0xFFFF_0000L;

  private final TagPlan plan;
  private final TagClocks clocks;
  private final NanoClock machineClock;
  private final double highestCurrentAmps;
  private final List<Integer> allPoints;
  private long signsOfLife = -1;
  private long presentNanos;

  /**
   * @param plan which nodes mean what
   * @param currentType the data type in which the set-point goes out; null when none does
   * @param machineClock judges ages
   */
  TagReader(TagPlan plan, @Nullable WireType currentType, NanoClock machineClock) {
    this.plan = plan;
    this.clocks = new TagClocks(plan);
    this.machineClock = machineClock;
    this.presentNanos = machineClock.nanoTime();
    this.allPoints = IntStream.range(0, plan.addresses().size()).boxed().toList();
    TagBinding current = plan.bindings().get(ChargerTag.SETPOINT_CURRENT);
    this.highestCurrentAmps =
        current == null || currentType == null
            ? Double.POSITIVE_INFINITY
            : current.highest(currentType);
  }

  /** Takes in an answer with the values of all points. */
  TagValues all(List<DataValue> answer) {
    return some(allPoints, answer);
  }

  /** Takes in values of some points; the others keep theirs. */
  synchronized TagValues some(List<Integer> points, List<DataValue> changed) {
    long now = machineClock.nanoTime();
    clocks.heard(points, changed, now);
    presentNanos = hasGone() ? presentNanos : now;
    Map<ChargerTag, Object> values = new EnumMap<>(ChargerTag.class);
    values.putAll(plan.mapping().constants());
    Quality worst = Quality.GOOD;
    for (Map.Entry<ChargerTag, Integer> entry : plan.points().entrySet()) {
      ChargerTag tag = entry.getKey();
      DataValue value = clocks.newest(entry.getValue());
      Quality quality = value == null ? Quality.BAD : qualityOf(value);
      Object inUnits = value == null || quality == Quality.BAD ? null : inTagUnits(tag, value);
      if (inUnits != null) {
        values.put(tag, inUnits);
      } else {
        quality = Quality.BAD;
      }
      if (quality.compareTo(worst) > 0 && MEASURED.contains(tag)) {
        worst = quality;
      }
    }
    addWords(values);
    values.computeIfPresent(
        ChargerTag.CAP_MAX_CURRENT,
        (tag, amps) ->
            amps instanceof Number n ? Math.min(n.doubleValue(), highestCurrentAmps) : amps);
    return judged(values, worst);
  }

  /** For how long some node has not been there that was found when the session began, ns. */
  synchronized long goneNanos() {
    return hasGone() ? machineClock.nanoTime() - presentNanos : 0;
  }

  private boolean hasGone() {
    for (int point = 0; point < plan.addresses().size(); point++) {
      DataValue value = clocks.newest(point);
      if (value != null && GONE.contains(value.statusCode().value() & CODE)) {
        return true;
      }
    }
    return false;
  }

  private TagValues judged(Map<ChargerTag, Object> values, Quality worst) {
    if (clocks.hasMoved()) {
      signsOfLife++;
    }
    boolean hasHeartbeat = plan.points().containsKey(ChargerTag.HEARTBEAT);
    long beat = hasHeartbeat ? TagValues.counter(values, ChargerTag.HEARTBEAT) : signsOfLife;
    int first = clocks.firstToStale();
    ChargerTag tag = first < 0 ? null : plan.tagOf(first);
    return new TagValues(
        values,
        worst,
        beat,
        plan.mapping().forModel() && clocks.hasMoved(),
        first < 0 ? 0 : clocks.staleNanos(first),
        tag == null ? "" : tag.path());
  }

  /** What status words say; one that cannot be read counts as a fault of the communication. */
  private void addWords(Map<ChargerTag, Object> values) {
    List<Integer> faultPoints = plan.faultPoints();
    if (!faultPoints.isEmpty()) {
      EnumSet<ChargerFault> faults = EnumSet.noneOf(ChargerFault.class);
      for (int i = 0; i < faultPoints.size(); i++) {
        FaultWord meaning = plan.mapping().faultWords().get(i);
        Long word = word(faultPoints.get(i), meaning instanceof FaultWord.Bits);
        faults.addAll(
            word == null ? Set.of(ChargerFault.COMMUNICATION_FAULT) : meaning.faultsIn(word));
      }
      values.put(ChargerTag.FAULTS, faults.stream().map(Enum::name).toArray(String[]::new));
    }
    plan.connected()
        .ifPresent(
            connected -> {
              Long word = word(plan.connectedPoint(), false);
              values.put(ChargerTag.VEHICLE_CONNECTED, word != null && connected.isConnected(word));
            });
  }

  /**
   * A word; null when it has not arrived or is not good.
   *
   * @param bits only the bits that were sent count: a sign is none of them
   */
  private @Nullable Long word(int point, boolean bits) {
    DataValue value = clocks.newest(point);
    if (value == null || !value.statusCode().isGood()) {
      return null;
    }
    Object raw = value.value().value();
    if (raw instanceof Boolean bit) {
      return bit ? 1L : 0L;
    }
    if (!(raw instanceof Number number)) {
      return null;
    }
    return bits ? bitsOf(number) : number.longValue();
  }

  private static long bitsOf(Number raw) {
    if (raw instanceof Byte word) {
      return Byte.toUnsignedLong(word);
    }
    if (raw instanceof Short word) {
      return Short.toUnsignedLong(word);
    }
    return raw instanceof Integer word ? Integer.toUnsignedLong(word) : raw.longValue();
  }

  /** Counters stay whole numbers: scaling through a double would lose nanoseconds. */
  private @Nullable Object inTagUnits(ChargerTag tag, DataValue value) {
    Object raw = value.value().value();
    TagBinding binding = Objects.requireNonNull(plan.bindings().get(tag));
    if (!(raw instanceof Number number)) {
      return raw;
    }
    if (binding.details().invalid().contains(number.longValue())) {
      return null;
    }
    boolean scaled = binding.scale() != 1 || binding.offset() != 0;
    Object inUnits = scaled ? (Object) binding.fromRaw(number.doubleValue()) : number;
    boolean fits =
        !plan.mapping().forModel()
            || !MEASURED.contains(tag)
            || tag.range().contains(((Number) inUnits).doubleValue());
    return fits ? inUnits : null;
  }

  private static Quality qualityOf(DataValue value) {
    if (value.statusCode().isGood()) {
      return Quality.GOOD;
    }
    return value.statusCode().isUncertain() ? Quality.UNCERTAIN : Quality.BAD;
  }
}
