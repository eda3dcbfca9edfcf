/**
 * Sharing of one grid connection between a station's connectors.
 *
 * <p>Two layers. A fast, deterministic one ({@link dev.anodyne.controller.station.sharing.Sharing})
 * gives each connector a power budget that runs out by itself, every second and on every change. It
 * alone keeps the promise that matters: what all chargers could draw, in the worst case of what
 * they may have heard, never passes what the grid connection gives. A slow one ({@link
 * dev.anodyne.controller.station.sharing.StationPlanner}, linear programs on OR-Tools, once a
 * minute) looks a day ahead and says what is due now so that departures are met, what is cheaper
 * later, and what the site's battery should do. Without it the fast layer goes on by itself.
 *
 * <p>Plain Java: no Vert.x, no threads, no clock of its own. Powers are AC watts at the grid
 * connection unless a name says otherwise; times are nanoseconds of one monotonic clock.
 */
@NullMarked
package dev.anodyne.controller.station.sharing;

import org.jspecify.annotations.NullMarked;
