/**
 * Systems under test: whatever decides on a charge current. The bench knows controllers through
 * this package alone; those in the same process implement {@link SystemUnderTest}, all others
 * connect over OPC UA.
 */
@NullMarked
package dev.anodyne.hil.sut;

import org.jspecify.annotations.NullMarked;
