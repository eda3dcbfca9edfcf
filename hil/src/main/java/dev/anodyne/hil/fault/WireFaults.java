package dev.anodyne.hil.fault;

import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.Set;

/** Faults of the OPC UA link. */
final class WireFaults {
  private WireFaults() {}

  static ComponentFault.Component of(String kind, String tag, Wire wire) {
    return switch (kind) {
      case "opcua.badStatus" -> quality(wire, tags(tag), Quality.BAD);
      case "opcua.uncertainStatus" -> quality(wire, tags(tag), Quality.UNCERTAIN);
      case "opcua.frozenTimestamp" ->
          ComponentFault.of(
              () -> wire.setTimestampsFrozen(true), () -> wire.setTimestampsFrozen(false));
      case "opcua.frozenValues" ->
          ComponentFault.of(() -> wire.setValuesFrozen(true), () -> wire.setValuesFrozen(false));
      case "opcua.publishStall" ->
          ComponentFault.of(() -> wire.setStalled(true), () -> wire.setStalled(false));
      case "opcua.sessionDrop" -> ComponentFault.of(wire::dropSessions, () -> {});
      case "opcua.serverDown" ->
          ComponentFault.of(() -> wire.setServerUp(false), () -> wire.setServerUp(true));
      case "opcua.writeIgnored" ->
          ComponentFault.of(() -> wire.setWritesIgnored(true), () -> wire.setWritesIgnored(false));
      case "opcua.writeLate" -> ComponentFault.of(wire::setWriteDelay, 0);
      default -> throw new IllegalArgumentException("Fault " + kind + " is not the link's.");
    };
  }

  private static ComponentFault.Component quality(
      Wire wire, Set<ChargerTag> tags, Quality quality) {
    return ComponentFault.of(
        () -> wire.setQuality(tags, quality), () -> wire.setQuality(tags, Quality.GOOD));
  }

  private static Set<ChargerTag> tags(String path) {
    return path.isEmpty() ? ChargerImage.measuredTags() : Set.of(ChargerTag.ofPath(path));
  }
}
