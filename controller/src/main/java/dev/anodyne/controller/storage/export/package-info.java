/** Tables as files for other programs: CSV with units in the header, or Parquet. */
@NullMarked
package dev.anodyne.controller.storage.export;

import org.jspecify.annotations.NullMarked;
