/**
 * Recordings of charge loops: everything that a loop saw and everything that it answered, one line
 * of JSON an event, compressed. A recording is written while the charge runs, by a listener of the
 * loop; the loop itself knows nothing of files. Whoever gives the images of a recording to another
 * loop that is made of the same parts gets the same commands, bit for bit.
 */
@NullMarked
package dev.anodyne.controller.session.recording;

import org.jspecify.annotations.NullMarked;
