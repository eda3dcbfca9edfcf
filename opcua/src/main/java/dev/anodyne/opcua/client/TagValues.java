package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import java.util.EnumMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;

/**
 * One answer of a server in tag units. Values with a bad status are left out.
 *
 * @param values values in tag units
 * @param measuredQuality worst quality among the measured tags
 */
record TagValues(Map<ChargerTag, Object> values, Quality measuredQuality) {

  static TagValues of(Map<ChargerTag, DataValue> answer, ChargerConnection connection) {
    Map<ChargerTag, Object> values = new EnumMap<>(ChargerTag.class);
    Quality worst = Quality.GOOD;
    for (Map.Entry<ChargerTag, DataValue> entry : answer.entrySet()) {
      ChargerTag tag = entry.getKey();
      Quality quality = qualityOf(entry.getValue());
      if (quality.compareTo(worst) > 0 && ChargerImage.measuredTags().contains(tag)) {
        worst = quality;
      }
      Object raw = entry.getValue().value().value();
      if (raw != null && quality != Quality.BAD) {
        values.put(tag, inTagUnits(raw, connection.binding(tag)));
      }
    }
    return new TagValues(values, worst);
  }

  /** A counter's value; −1 when it was not sent. */
  long counter(ChargerTag tag) {
    return values.get(tag) instanceof Number number ? number.longValue() : -1;
  }

  /** Counters stay whole numbers: scaling through a double would lose nanoseconds. */
  private static Object inTagUnits(Object raw, TagBinding binding) {
    boolean scaled = binding.scale() != 1 || binding.offset() != 0;
    return scaled && raw instanceof Number number ? binding.fromRaw(number.doubleValue()) : raw;
  }

  private static Quality qualityOf(DataValue value) {
    if (value.statusCode().isGood()) {
      return Quality.GOOD;
    }
    return value.statusCode().isUncertain() ? Quality.UNCERTAIN : Quality.BAD;
  }
}
