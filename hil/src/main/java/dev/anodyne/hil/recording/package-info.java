/**
 * Recordings of a bench's run, with units: MDF 4.10 for measurement tools, Parquet for data
 * analysis, CSV for everything else. The plant's thread only copies a row into a bounded queue; a
 * thread of its own writes it to the file.
 */
@NullMarked
package dev.anodyne.hil.recording;

import org.jspecify.annotations.NullMarked;
