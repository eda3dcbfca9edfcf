/** Battery Parameter eXchange (BPX) files. */
@NullMarked
package dev.anodyne.core.bpx;

import org.jspecify.annotations.NullMarked;
