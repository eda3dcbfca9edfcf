/**
 * Recordings of charges in process, and their replay.
 *
 * <p>A recording holds everything that the controller was made of, so that it can be made again
 * without the folder that the charge ran in; only trained model files are referred to by path and
 * digest. A replay gives the recorded images to a new loop and compares what comes out with what
 * was recorded, bit for bit.
 */
@NullMarked
package dev.anodyne.controller.lab.recording;

import org.jspecify.annotations.NullMarked;
