/** Cell parameters: what a cell is made of. */
@NullMarked
package dev.anodyne.core.cell;

import org.jspecify.annotations.NullMarked;
