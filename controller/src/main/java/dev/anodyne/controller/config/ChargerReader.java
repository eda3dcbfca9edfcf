package dev.anodyne.controller.config;

import dev.anodyne.opcua.client.ClientSecurity;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.jspecify.annotations.Nullable;

/** Checks how a charger is reached. */
final class ChargerReader {
  private static final String NAME = "Anodyne controller";
  private static final String APPLICATION_URI = "urn:anodyne:controller";
  private static final String DEFAULT_CHARGER_ID = "CH01";
  private static final String DEFAULT_PKI = "pki/controller";

  /** A unit that the server tells has to be the one that scale and offset stand for. */
  private static final TagBinding.Details CHECKED =
      new TagBinding.Details(true, Optional.empty(), 0, Duration.ZERO, false, Set.of());

  private static final String ENDPOINT = "opc.tcp://host:port/path";

  private final YamlFile file;
  private final String key;

  ChargerReader(YamlFile file, String key) {
    this.file = file;
    this.key = key;
  }

  OpcUaChargerConfig read(StationYaml.Charger c) {
    String endpoint = required("endpoint", c.endpoint(), ENDPOINT);
    ClientSecurity security = new ChargerSecurityReader(file, key).read(c, endpoint);
    ChargerModel model = model(c);
    Path pki = file.resolve(c.pki() == null ? DEFAULT_PKI : c.pki());
    try {
      OpcUaChargerConfig config =
          OpcUaChargerConfig.of(
              endpoint,
              ApplicationIdentity.onThisHost(NAME, APPLICATION_URI),
              pki,
              security,
              model.mapping());
      return model.staleness().map(config::withStaleness).orElse(config);
    } catch (IllegalArgumentException e) {
      throw file.refused(key + ".endpoint", e);
    }
  }

  /** What a file says about the charger's model, or what the station does. */
  private ChargerModel model(StationYaml.Charger c) {
    String id = c.chargerId() == null ? DEFAULT_CHARGER_ID : c.chargerId();
    String named = c.mapping();
    if (named == null) {
      return new ChargerModel("", mapping(c, id), Optional.empty());
    }
    if (c.tags() != null) {
      throw wrong("mapping", named, "either mapping or tags, not both");
    }
    try {
      Path path = file.resolve(named);
      return ChargerMappingReader.read(
          file.once(path, YamlMap.class, () -> ChargerMappingReader.parse(path)), path, id);
    } catch (ConfigException e) {
      throw file.refused(key + ".mapping", e);
    }
  }

  /**
   * The project's own address space, with single tags moved to where a vendor has them. A command's
   * expiry holds in either case: what is not confirmed in time is cut off.
   */
  private TagMapping mapping(StationYaml.Charger c, String id) {
    ChargerLink link = ChargerLink.PLAIN.confirmedWithin(ChargerLink.USUAL_CONFIRM);
    Map<String, StationYaml.@Nullable Tag> tags = c.tags();
    if (tags == null || tags.isEmpty()) {
      return TagMapping.bench(id).withLink(link);
    }
    Map<ChargerTag, TagBinding> moved = new EnumMap<>(ChargerTag.class);
    tags.forEach((path, tag) -> moved.put(tag(path), binding(path, tag)));
    return TagMapping.benchWith(id, moved)
        .withLink(link.beginningWith(ChargerLink.OnReconnect.ZERO));
  }

  private ChargerTag tag(String path) {
    return Arrays.stream(ChargerTag.values())
        .filter(tag -> tag.path().equals(path))
        .findFirst()
        .orElseThrow(() -> wrong("tags." + path, path, "a tag, one of " + allTags()));
  }

  private TagBinding binding(String path, StationYaml.@Nullable Tag tag) {
    String name = "tags." + path;
    if (tag == null || tag.node() == null) {
      throw wrong(name, null, "the node that carries the tag");
    }
    String namespace = tag.namespace() == null ? ChargerTag.NAMESPACE_URI : tag.namespace();
    double scale = tag.scale() == null ? 1 : tag.scale();
    double offset = tag.offset() == null ? 0 : tag.offset();
    try {
      return new TagBinding(ExpandedNodeId.of(namespace, tag.node()), scale, offset)
          .withDetails(CHECKED);
    } catch (IllegalArgumentException e) {
      throw file.refused(key + "." + name, e);
    }
  }

  private static String allTags() {
    return String.join(", ", Arrays.stream(ChargerTag.values()).map(ChargerTag::path).toList());
  }

  private <T> T required(String name, @Nullable T value, String allowed) {
    if (value == null) {
      throw wrong(name, null, allowed);
    }
    return value;
  }

  private ConfigException wrong(String name, @Nullable Object value, String allowed) {
    return file.wrong(key + "." + name, value, allowed, null, null);
  }
}
