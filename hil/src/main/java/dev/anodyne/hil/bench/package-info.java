/**
 * The bench's heart: a plant that looks like a charger over OPC UA and moves by the clock, faster
 * than it, or in step with whoever controls it. Nothing here knows a controller; the truth about
 * the plant reaches listeners inside the bench, never the address space.
 */
@NullMarked
package dev.anodyne.hil.bench;

import org.jspecify.annotations.NullMarked;
