package dev.anodyne.controller.app;

import dev.anodyne.controller.app.ReloadReport.Change;
import dev.anodyne.controller.app.ReloadReport.Effect;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a running station to what its file says now. The file is checked whole: one that is wrong
 * changes nothing. Connectors whose text is the same are not touched. Of the others, what a running
 * charge can take up counts at once; the rest counts when the charge is over, and so does the going
 * of a connector that is not in the file any more.
 */
public final class StationReload {
  private static final Logger LOG = LoggerFactory.getLogger(StationReload.class);

  private final Path file;
  private final ConnectorFleet fleet;
  private final StationChanges changes;
  private final RunningChange running;
  private final BiFunction<String, StationSource, SortedSet<String>> sections;
  private final @Nullable ClusterMember cluster;
  private final Map<String, Standing> connectors = new TreeMap<>();
  private StationSource source;
  private @Nullable ReloadReport last;

  /** Where a connector stands; only the thread of the changes touches it. */
  private static final class Standing {
    /** What its session was made from. */
    Map<String, String> made;

    /** What counts now: the same, with what the running charge has taken up. */
    Map<String, String> counts;

    /** What it is to become when its charge is over; null: nothing. */
    @Nullable ConnectorConfig next;

    /** What the file says. */
    Map<String, String> wanted;

    /** It goes when its charge is over. */
    boolean leaves;

    Standing(Map<String, String> text) {
      made = text;
      counts = text;
      wanted = text;
    }

    SortedSet<String> pending() {
      return StationSource.differing(counts, wanted);
    }
  }

  /**
   * For a station that runs.
   *
   * @param source what it was started from
   * @param sections takes up what it can of a section that differs, and tells which keys it has
   * @param cluster shares the connectors with other nodes; null: this node drives all
   */
  StationReload(
      Path file,
      StationSource source,
      ConnectorFleet fleet,
      StationChanges changes,
      RunningChange running,
      BiFunction<String, StationSource, SortedSet<String>> sections,
      @Nullable ClusterMember cluster) {
    this.cluster = cluster;
    this.file = file;
    this.source = source;
    this.fleet = fleet;
    this.changes = changes;
    this.running = running;
    this.sections = sections;
    source.connectors().forEach((id, text) -> connectors.put(id, new Standing(text)));
  }

  /**
   * Reads the file and does what it says; off the caller's thread. Never fails: a file that is
   * wrong is told in the report.
   *
   * @param endNow stops the charges of connectors that are not in the file any more, instead of
   *     waiting for their end
   */
  public CompletableFuture<ReloadReport> reload(boolean endNow) {
    return changes.run(() -> reloadNow(endNow));
  }

  /** The same; connectors that are gone from the file may charge to their end. */
  public CompletableFuture<ReloadReport> reload() {
    return reload(false);
  }

  /** What waits for the end of a charge, as a report; and what the last reload said. */
  public CompletableFuture<ReloadReport> status() {
    return changes.run(
        () -> {
          ReloadReport before = last;
          return new ReloadReport(
              before == null ? Instant.now() : before.at(),
              before == null || before.accepted(),
              before == null ? "The file has not been read again." : before.message(),
              waiting());
        });
  }

  private ReloadReport reloadNow(boolean endNow) {
    StationSource next;
    try {
      next = StationSource.read(file);
    } catch (ConfigException e) {
      String why = String.valueOf(e.getMessage()).replace("\n", " ");
      LOG.error("The configuration stays as it was: {}", why);
      return told(new ReloadReport(Instant.now(), false, why, List.of()));
    }
    List<Change> done = new ArrayList<>(compareSections(next));
    if (cluster != null) {
      cluster.know(next.config().connectors());
    }
    for (String id : new TreeSet<>(connectors.keySet())) {
      if (!next.connectors().containsKey(id)) {
        done.add(leave(id, endNow));
      }
    }
    next.connectors()
        .forEach(
            (id, text) -> {
              Standing standing = connectors.get(id);
              if (standing == null) {
                done.add(add(next.connector(id), text));
              } else {
                done.addAll(change(standing, next.connector(id), text));
              }
            });
    source = next;
    String message =
        done.isEmpty()
            ? "The configuration says nothing new."
            : String.join("; ", done.stream().map(Change::text).toList()) + ".";
    LOG.info("The configuration was read again: {}", message);
    return told(new ReloadReport(Instant.now(), true, message, done));
  }

  private ReloadReport told(ReloadReport report) {
    last = report;
    return report;
  }

  private List<Change> compareSections(StationSource next) {
    List<Change> done = new ArrayList<>();
    SortedSet<String> names = new TreeSet<>(source.sections().keySet());
    names.addAll(next.sections().keySet());
    for (String name : names) {
      SortedSet<String> keys =
          StationSource.differing(
              source.sections().getOrDefault(name, Map.of()),
              next.sections().getOrDefault(name, Map.of()));
      if (keys.isEmpty()) {
        continue;
      }
      SortedSet<String> taken = sections.apply(name, next);
      SortedSet<String> applied = new TreeSet<>(keys);
      applied.retainAll(taken);
      keys.removeAll(taken);
      if (!applied.isEmpty()) {
        done.add(new Change(name, Effect.APPLIED, applied, ""));
      }
      if (!keys.isEmpty()) {
        done.add(new Change(name, Effect.RESTART, keys, ""));
      }
    }
    return done;
  }

  private Change add(ConnectorConfig connector, Map<String, String> text) {
    try {
      if (cluster == null) {
        changes.addNow(connector);
      } else {
        changes.showNow(connector); // whose turn it is says the lease
      }
      connectors.put(connector.id(), new Standing(text));
      return new Change(connector.id(), Effect.ADDED, new TreeSet<>(), "");
    } catch (RuntimeException e) {
      LOG.error("Connector {} could not be added.", connector.id(), e);
      return failed(connector.id(), new TreeSet<>(), e);
    }
  }

  private Change leave(String id, boolean endNow) {
    Standing standing = connectors.get(id);
    if (cluster != null) {
      // Which node has it gives it up, in order.
      fleet.hide(id);
      connectors.remove(id);
      return new Change(id, Effect.REMOVED, new TreeSet<>(), "");
    }
    if (standing != null && !endNow && !fleet.isQuiet(id)) {
      standing.leaves = true;
      standing.next = null;
      return new Change(id, Effect.LEAVING, new TreeSet<>(), "");
    }
    try {
      fleet.remove(id, "The connector has been taken out of the configuration.");
    } catch (RuntimeException e) {
      return failed(id, new TreeSet<>(), e);
    }
    connectors.remove(id);
    return new Change(id, Effect.REMOVED, new TreeSet<>(), "");
  }

  private List<Change> change(Standing standing, ConnectorConfig c, Map<String, String> text) {
    standing.leaves = false;
    boolean waits = standing.next != null && text.equals(standing.wanted);
    SortedSet<String> keys = StationSource.differing(standing.counts, text);
    standing.wanted = text;
    if (fleet.connector(c.id()) == null) {
      // Another node drives it, and reads its own file.
      standing.made = text;
      standing.counts = text;
    }
    standing.next = text.equals(standing.made) ? null : c;
    if (keys.isEmpty() || (waits && !fleet.isQuiet(c.id()))) {
      return List.of();
    }
    if (standing.next != null && fleet.isQuiet(c.id())) {
      return List.of(renew(standing, c, keys));
    }
    ConnectorConfig before = fleet.connector(c.id());
    RunningChange.Taken taken =
        before == null ? RunningChange.Taken.NOTHING : running.apply(before, c, keys);
    List<Change> done = new ArrayList<>();
    if (!taken.keys().isEmpty()) {
      Map<String, String> counts = new LinkedHashMap<>(standing.counts);
      for (String key : taken.keys()) {
        String value = text.get(key);
        if (value == null) {
          counts.remove(key);
        } else {
          counts.put(key, value);
        }
      }
      standing.counts = counts;
      done.add(new Change(c.id(), Effect.APPLIED, taken.keys(), ""));
    }
    SortedSet<String> rest = standing.pending();
    if (!rest.isEmpty()) {
      done.add(new Change(c.id(), Effect.PENDING, rest, taken.note()));
    }
    return done;
  }

  /** What waits is done where the charge is over by now; called every now and then. */
  void lookWhatIsOver() {
    for (String id : List.copyOf(connectors.keySet())) {
      Standing standing = connectors.get(id);
      if (standing == null || !fleet.isQuiet(id)) {
        continue;
      }
      ConnectorConfig next = standing.next;
      if (standing.leaves) {
        LOG.info("{}", leave(id, false).text());
      } else if (next != null) {
        LOG.info("{}", renew(standing, next, standing.pending()).text());
      }
    }
  }

  private Change renew(Standing standing, ConnectorConfig next, SortedSet<String> keys) {
    standing.next = null; // what fails is not tried again before the file is read again
    try {
      changes.replaceNow(next, "The connector's configuration has changed.");
      standing.made = standing.wanted;
      standing.counts = standing.wanted;
      return new Change(next.id(), Effect.APPLIED, keys, "");
    } catch (RuntimeException e) {
      LOG.error("Connector {} stays as it was.", next.id(), e);
      standing.counts = standing.made;
      return failed(next.id(), keys, e);
    }
  }

  private List<Change> waiting() {
    List<Change> waiting = new ArrayList<>();
    connectors.forEach(
        (id, standing) -> {
          if (standing.leaves) {
            waiting.add(new Change(id, Effect.LEAVING, new TreeSet<>(), ""));
          } else if (standing.next != null && !standing.pending().isEmpty()) {
            waiting.add(new Change(id, Effect.PENDING, standing.pending(), ""));
          }
        });
    return waiting;
  }

  private static Change failed(String id, SortedSet<String> keys, RuntimeException e) {
    return new Change(id, Effect.FAILED, keys, String.valueOf(e.getMessage()).replace("\n", " "));
  }
}
