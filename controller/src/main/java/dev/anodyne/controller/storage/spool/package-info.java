/**
 * A queue on disk, bounded and checked: what could not be written elsewhere waits here in order,
 * also over a restart. It knows nothing of what it keeps.
 */
@NullMarked
package dev.anodyne.controller.storage.spool;

import org.jspecify.annotations.NullMarked;
