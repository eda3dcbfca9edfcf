package dev.anodyne.controller.storage;

import dev.anodyne.opcua.server.alarm.AlarmChange;
import dev.anodyne.opcua.server.alarm.AlarmState;
import java.util.function.Consumer;

/** Keeps what happens to alarms. Called under an alarm's lock: it never waits. */
final class KeptAlarms implements Consumer<AlarmChange> {
  private final Consumer<Entry> to;

  KeptAlarms(Consumer<Entry> to) {
    this.to = to;
  }

  @Override
  public void accept(AlarmChange change) {
    AlarmState now = change.now();
    if (now.eventId() == null) {
      return;
    }
    to.accept(
        new Entry.AlarmTold(
            new AlarmRow(
                now.eventId().toString(),
                now.time(),
                change.alarm().id(),
                change.alarm().owner(),
                change.what().name(),
                now.enabled(),
                now.active(),
                now.acknowledged(),
                now.confirmed(),
                now.severity(),
                now.level() == null ? null : now.level().name(),
                now.message(),
                now.note().user(),
                now.note().text())));
  }
}
