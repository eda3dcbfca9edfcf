/**
 * Battery Parameter eXchange (BPX) files: the format only, not the cell. A file is read into {@link
 * dev.anodyne.core.bpx.BpxFile}, whose functions ({@link dev.anodyne.core.bpx.BpxFunction}) carry
 * analytic derivatives. Versions 0.x and 1.x of the DFN schema are understood. Every complaint
 * ({@link dev.anodyne.core.bpx.BpxException}) names the file, the path inside it, the value and
 * what is allowed. Source: Faraday Institution, BPX, github.com/FaradayInstitution/BPX.
 */
@NullMarked
package dev.anodyne.core.bpx;

import org.jspecify.annotations.NullMarked;
