package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The published NodeSet2 files are those of the live server, node by node. After a change of the
 * model they are written anew with {@code -Dnodeset.update=true}.
 */
class NodeSetTest {
  private static final Path SCHEMAS = Path.of("..", "docs", "schema");
  private static final String TYPES_FILE = "Anodyne.Types.NodeSet2.xml";
  private static final String STATION_FILE = "Anodyne.ExampleStation.NodeSet2.xml";

  @TempDir static Path directory;
  private static StationBench bench;

  /** One node: class, browse name, data type, and its references to and fro. */
  private record Seen(String nodeClass, String browseName, String dataType, Set<String> links) {}

  @BeforeAll
  static void start() throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), "CH01");
    if (Boolean.getBoolean("nodeset.update")) {
      Files.writeString(SCHEMAS.resolve(TYPES_FILE), StationNodeSets.types(bench.server));
      Files.writeString(SCHEMAS.resolve(STATION_FILE), StationNodeSets.instances(bench.server));
    }
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void publishedFilesAreThoseOfTheLiveModel() throws Exception {
    assertThat(StationNodeSets.types(bench.server))
        .as("docs/schema/%s; write it anew with -Dnodeset.update=true", TYPES_FILE)
        .isEqualTo(Files.readString(SCHEMAS.resolve(TYPES_FILE)));
    assertThat(StationNodeSets.instances(bench.server))
        .as("docs/schema/%s; write it anew with -Dnodeset.update=true", STATION_FILE)
        .isEqualTo(Files.readString(SCHEMAS.resolve(STATION_FILE)));
  }

  @Test
  void aClientSeesTheTypesThatTheFileHas() throws Exception {
    compare(TYPES_FILE, bench.types, NodeIds.RootFolder);
  }

  @Test
  void aClientSeesTheInstancesThatTheFileHas() throws Exception {
    compare(STATION_FILE, bench.instances, NodeIds.ObjectsFolder);
  }

  /** Both ways: what the file has is there, and what a client can browse to is in the file. */
  private static void compare(String file, int namespace, NodeId root) throws Exception {
    Map<NodeId, Seen> written = parse(SCHEMAS.resolve(file));
    Set<NodeId> reachable = new HashSet<>();
    Set<NodeId> visited = new HashSet<>();
    reach(root, namespace, reachable, visited);
    assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(reachable);
    for (Map.Entry<NodeId, Seen> node : written.entrySet()) {
      assertThat(live(node.getKey())).as("%s", node.getKey()).isEqualTo(node.getValue());
    }
  }

  private static void reach(NodeId id, int namespace, Set<NodeId> found, Set<NodeId> visited)
      throws Exception {
    if (!visited.add(id)) {
      return;
    }
    if (id.getNamespaceIndex().intValue() == namespace) {
      found.add(id);
    }
    for (ReferenceDescription reference : bench.browse(id, NodeIds.HierarchicalReferences)) {
      NodeId target =
          reference.getNodeId().toNodeId(bench.client.getNamespaceTable()).orElseThrow();
      if (target.getNamespaceIndex().intValue() == 0
          || target.getNamespaceIndex().intValue() >= Math.min(bench.di, namespace)) {
        reach(target, namespace, found, visited);
      }
    }
  }

  private static Seen live(NodeId id) throws Exception {
    int nodeClass = (Integer) bench.read(id, AttributeId.NodeClass).value().value();
    QualifiedName name = (QualifiedName) bench.read(id, AttributeId.BrowseName).value().value();
    Object dataType = bench.read(id, AttributeId.DataType).value().value();
    Set<String> links = new TreeSet<>();
    for (BrowseDirection direction : List.of(BrowseDirection.Forward, BrowseDirection.Inverse)) {
      ReferenceDescription[] references =
          bench
              .client
              .browse(
                  new BrowseDescription(id, direction, NodeIds.References, true, uint(0), uint(63)))
              .getReferences();
      for (ReferenceDescription r : references == null ? new ReferenceDescription[0] : references) {
        NodeId target = r.getNodeId().toNodeId(bench.client.getNamespaceTable()).orElseThrow();
        links.add(link(r.getReferenceTypeId(), direction == BrowseDirection.Forward, target));
      }
    }
    return new Seen(
        NodeClass.from(nodeClass).name(),
        name.toParseableString(),
        String.valueOf(dataType),
        links);
  }

  private static String link(NodeId type, boolean forward, NodeId target) {
    return type.toParseableString() + (forward ? " > " : " < ") + target.toParseableString();
  }

  private static Map<NodeId, Seen> parse(Path file) throws Exception {
    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    NamespaceTable table = bench.client.getNamespaceTable();
    List<Integer> indices = new ArrayList<>(List.of(0));
    for (Element uri : elements(child(xml.getDocumentElement(), "NamespaceUris"))) {
      indices.add(table.getIndex(uri.getTextContent()).intValue());
    }
    Map<String, String> aliases = new TreeMap<>();
    for (Element alias : elements(child(xml.getDocumentElement(), "Aliases"))) {
      aliases.put(alias.getAttribute("Alias"), alias.getTextContent());
    }
    Map<NodeId, Seen> nodes = new TreeMap<>((a, b) -> text(a).compareTo(text(b)));
    for (Element element : elements(xml.getDocumentElement())) {
      if (element.hasAttribute("NodeId")) {
        nodes.put(
            id(element.getAttribute("NodeId"), indices, aliases), seen(element, indices, aliases));
      }
    }
    return nodes;
  }

  private static Seen seen(Element node, List<Integer> indices, Map<String, String> aliases) {
    Set<String> links = new TreeSet<>();
    for (Element reference : elements(child(node, "References"))) {
      links.add(
          link(
              id(reference.getAttribute("ReferenceType"), indices, aliases),
              !reference.getAttribute("IsForward").equals("false"),
              id(reference.getTextContent(), indices, aliases)));
    }
    String name = node.getAttribute("BrowseName");
    int colon = name.matches("\\d+:.*") ? name.indexOf(':') : -1;
    int index = colon < 0 ? 0 : indices.get(Integer.parseInt(name.substring(0, colon)));
    String dataType =
        node.hasAttribute("DataType")
            ? String.valueOf(id(node.getAttribute("DataType"), indices, aliases))
            : "null";
    return new Seen(
        node.getTagName().substring(2),
        new QualifiedName(index, name.substring(colon + 1)).toParseableString(),
        dataType,
        links);
  }

  private static NodeId id(String written, List<Integer> indices, Map<String, String> aliases) {
    String plain = aliases.getOrDefault(written, written);
    NodeId parsed = NodeId.parse(plain);
    int index = indices.get(parsed.getNamespaceIndex().intValue());
    return parsed.getIdentifier() instanceof String text
        ? new NodeId(index, text)
        : NodeId.parse(plain.replaceFirst("^ns=\\d+", "ns=" + index));
  }

  private static String text(NodeId id) {
    return id.toParseableString();
  }

  private static Element child(Element parent, String name) {
    return elements(parent).stream()
        .filter(e -> e.getTagName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(parent.getTagName() + " has no " + name));
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
