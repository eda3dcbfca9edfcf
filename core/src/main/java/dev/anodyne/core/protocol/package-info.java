/**
 * Loads put on a cell and their simulation: protocols written in words ("Charge at 2C until 4.2
 * V"), current profiles from files, and the runner that follows them on the electrochemical model
 * with every event located to tolerance.
 */
@NullMarked
package dev.anodyne.core.protocol;

import org.jspecify.annotations.NullMarked;
