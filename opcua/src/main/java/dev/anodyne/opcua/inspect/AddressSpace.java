package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.client.ToolSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * What stands below a server's Objects folder.
 *
 * @param namespaces the server's namespaces, the standard's own first
 * @param nodes what stands in the Objects folder
 * @param complete false when there is more than was asked for
 */
public record AddressSpace(List<String> namespaces, List<SpaceNode> nodes, boolean complete) {
  public AddressSpace {
    namespaces = List.copyOf(namespaces);
    nodes = List.copyOf(nodes);
  }

  /**
   * How much is looked at.
   *
   * @param depth levels below the Objects folder, at least 1
   * @param nodes most nodes, at least 1
   * @param standard also the standard's own namespace: the server's diagnostics
   */
  public record Extent(int depth, int nodes, boolean standard) {
    /** What describes any charger. */
    public static final Extent USUAL = new Extent(10, 10_000, false);
  }

  /** Reads it: browses level by level, then asks for all variables' attributes and values. */
  public static AddressSpace read(ToolSession session, Extent extent) throws InterruptedException {
    return new SpaceReader(session, extent).read();
  }

  /** All variables, in the order of the tree. */
  public List<SpaceNode> variables() {
    List<SpaceNode> found = new ArrayList<>();
    each(
        nodes,
        node -> {
          if (node.variable().isPresent()) {
            found.add(node);
          }
        });
    return found;
  }

  /** How many nodes there are. */
  public int size() {
    List<SpaceNode> all = new ArrayList<>();
    each(nodes, all::add);
    return all.size();
  }

  private static void each(List<SpaceNode> nodes, Consumer<SpaceNode> action) {
    for (SpaceNode node : nodes) {
      action.accept(node);
      each(node.children(), action);
    }
  }

  /**
   * Only what has a text in its name or its id, ignoring case, with what stands above and below it.
   */
  public AddressSpace matching(String text) {
    return new AddressSpace(namespaces, matching(nodes, text), complete);
  }

  private static List<SpaceNode> matching(List<SpaceNode> nodes, String text) {
    List<SpaceNode> kept = new ArrayList<>();
    for (SpaceNode node : nodes) {
      if (contains(node.name(), text) || contains(String.valueOf(node.id().identifier()), text)) {
        kept.add(node);
      } else {
        List<SpaceNode> below = matching(node.children(), text);
        if (!below.isEmpty()) {
          kept.add(
              new SpaceNode(
                  node.id(), node.path(), node.kind(), node.variable(), below, node.cut()));
        }
      }
    }
    return kept;
  }

  private static boolean contains(String where, String text) {
    return where.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }
}
