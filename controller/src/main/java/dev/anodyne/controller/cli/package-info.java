/**
 * The {@code anodyne} command.
 *
 * <p>Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 ran
 * but the answer is no, 2 wrong use or bad input, 3 internal error. Commands only read their
 * options here and hand over; none of them loads OPC UA, Vert.x or Deeplearning4j before it needs
 * them, so that {@code --help} is quick.
 */
@NullMarked
package dev.anodyne.controller.cli;

import org.jspecify.annotations.NullMarked;
