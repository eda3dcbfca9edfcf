/**
 * Alarms and conditions after OPC 10000-9, without OPC UA: what an alarm is ({@link
 * dev.anodyne.opcua.server.alarm.AlarmSpec}), what is seen of its source ({@link
 * dev.anodyne.opcua.server.alarm.Observation}), and how active, acknowledged, confirmed and
 * retained follow from that and from what operators do ({@link
 * dev.anodyne.opcua.server.alarm.Alarm}).
 *
 * <p>Whoever shows alarms to the world listens to {@link
 * dev.anodyne.opcua.server.alarm.Alarms#listen} and is told every change in order. The OPC UA
 * library has no engine for alarms; when it gets one, this package is what that has to stand in
 * for.
 */
@NullMarked
package dev.anodyne.opcua.server.alarm;

import org.jspecify.annotations.NullMarked;
