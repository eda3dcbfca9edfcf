package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.Observation;
import java.util.function.Predicate;

/**
 * An alarm of the model, and how its source is seen.
 *
 * @param <S> what it is seen in
 * @param spec what it is
 * @param look sees it
 */
record AlarmWatch<S>(AlarmSpec spec, Look<S> look) {
  /** Sees an alarm's source. */
  @FunctionalInterface
  interface Look<S> {
    /**
     * What is seen.
     *
     * @param tuned the alarm as this station wants it
     * @param counts which causes count until now, by name
     */
    Observation at(S source, AlarmSpec tuned, Predicate<String> counts);
  }
}
