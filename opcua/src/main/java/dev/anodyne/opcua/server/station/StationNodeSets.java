package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.nodeset.NodeSetModel;
import dev.anodyne.opcua.server.nodeset.NodeSetModel.Required;
import dev.anodyne.opcua.server.nodeset.NodeSetWriter;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.util.Namespaces;

/** The live model of a station as NodeSet2 files. */
public final class StationNodeSets {
  private static final Required BASE =
      new Required(Namespaces.OPC_UA, "1.05.02", "2022-11-01T00:00:00Z");
  private static final Required DEVICES =
      new Required(StationUris.DI, "1.04.0", "2022-11-03T00:00:00Z");

  private StationNodeSets() {}

  /** The types: the same for every station. */
  public static String types(StationServer station) {
    NodeSetModel model =
        new NodeSetModel(
            StationUris.TYPES,
            TypesNamespace.VERSION,
            StaticNamespace.PUBLISHED,
            List.of(BASE, DEVICES));
    return NodeSetWriter.write(model, station.types().getNodeManager(), station.encodingContext());
  }

  /** This station with its chargers. */
  public static String instances(StationServer station) {
    Required types =
        new Required(StationUris.TYPES, TypesNamespace.VERSION, StaticNamespace.PUBLISHED);
    NodeSetModel model =
        new NodeSetModel(
            StationUris.INSTANCES,
            TypesNamespace.VERSION,
            StaticNamespace.PUBLISHED,
            List.of(BASE, DEVICES, types));
    EncodingContext context = station.encodingContext();
    return NodeSetWriter.write(model, station.namespace().allNodes(), context);
  }
}
