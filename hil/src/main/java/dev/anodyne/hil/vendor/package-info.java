/**
 * A charger as vendors make them: numbered nodes, whole numbers in hundredths of an ampere, bits
 * instead of names, a life counter on each side and a watchdog. It is here so that a mapping can be
 * tried on something that is not the project's own address space.
 */
@NullMarked
package dev.anodyne.hil.vendor;

import org.jspecify.annotations.NullMarked;
