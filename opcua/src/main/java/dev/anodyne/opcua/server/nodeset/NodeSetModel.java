package dev.anodyne.opcua.server.nodeset;

import java.util.List;

/**
 * Which model a file holds, and what it rests on.
 *
 * @param uri the namespace
 * @param version of the model
 * @param published ISO date and time of publication, UTC
 * @param required the namespaces that must be loaded before, OPC UA's own first
 */
public record NodeSetModel(String uri, String version, String published, List<Required> required) {
  public NodeSetModel {
    required = List.copyOf(required);
  }

  /**
   * A model that must be there before.
   *
   * @param uri its namespace
   * @param version of the model
   * @param published ISO date and time of publication, UTC
   */
  public record Required(String uri, String version, String published) {}
}
