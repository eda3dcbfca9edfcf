/**
 * Studies of the whole closed loop: many charges of batteries that differ from what the controller
 * believes, drawn from a stated mixture, and what came of their anodes. Only this package and its
 * parent know both sides; the controller in the loop is the one that a station runs.
 */
@NullMarked
package dev.anodyne.controller.lab.study;

import org.jspecify.annotations.NullMarked;
