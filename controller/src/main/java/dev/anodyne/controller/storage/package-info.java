/**
 * What a station keeps: charges with everything that was measured, believed and commanded, changes
 * of state, batteries, who did what, alarms, and the history of OPC UA variables; in SQLite or
 * PostgreSQL, by the same code.
 *
 * <p>What happens comes in on event loops, which must never wait: it becomes an {@link
 * dev.anodyne.controller.storage.Entry} in a bounded {@link dev.anodyne.controller.storage.Inbox},
 * and one thread, the {@link dev.anodyne.controller.storage.StorageWriter}, brings it into the
 * database, at least twice a second in one transaction each. While the database cannot take it,
 * entries wait in a bounded {@link dev.anodyne.controller.storage.spool.Spool} on disk; when that
 * is full, the oldest telemetry gives way. Every entry has a key of its own, so that writing it
 * twice changes nothing.
 */
@NullMarked
package dev.anodyne.controller.storage;

import org.jspecify.annotations.NullMarked;
