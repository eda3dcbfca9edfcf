package dev.anodyne.opcua.server.history;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/** What can be worked out of the values in an interval (OPC 10000-13 §5.4.3). */
public enum Aggregate {
  /** Mean of the good values, each counting once (§5.4.3.5). */
  AVERAGE(NodeIds.AggregateFunction_Average),
  /** Lowest good value (§5.4.3.10). */
  MINIMUM(NodeIds.AggregateFunction_Minimum),
  /** Highest good value (§5.4.3.11). */
  MAXIMUM(NodeIds.AggregateFunction_Maximum);

  private final NodeId function;

  Aggregate(NodeId function) {
    this.function = function;
  }

  /** The standard node that stands for it. */
  public NodeId function() {
    return function;
  }

  static Optional<Aggregate> of(NodeId function) {
    return Arrays.stream(values()).filter(a -> a.function.equals(function)).findFirst();
  }

  /** Of values that are good; there is at least one. */
  double of(List<HistoryPoint> good) {
    DoubleStream values = good.stream().mapToDouble(HistoryPoint::value);
    return switch (this) {
      case AVERAGE -> values.average().orElse(Double.NaN);
      case MINIMUM -> values.min().orElse(Double.NaN);
      case MAXIMUM -> values.max().orElse(Double.NaN);
    };
  }
}
