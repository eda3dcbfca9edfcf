/**
 * The running station on Vert.x: one session a connector, each with its own timers and worker, and
 * the event bus between sessions and dashboard. Nothing here blocks an event loop.
 *
 * <p>Addresses on the event bus are listed in {@link dev.anodyne.controller.session.Addresses}.
 */
@NullMarked
package dev.anodyne.controller.app;

import org.jspecify.annotations.NullMarked;
