/**
 * Who did what: every log-in, write and call at a server, good or refused, becomes one {@link
 * dev.anodyne.opcua.server.audit.AuditEntry}. The server makes them; whoever wants to keep, show or
 * send them takes them through an {@link dev.anodyne.opcua.server.audit.AuditTrail}. Secrets never
 * get into one.
 */
@NullMarked
package dev.anodyne.opcua.server.audit;

import org.jspecify.annotations.NullMarked;
