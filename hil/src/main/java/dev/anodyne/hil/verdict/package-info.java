/**
 * What a run came to: a verdict for each check with its margin, and one for the scenario. A verdict
 * says what was seen, never what should have been seen.
 */
@NullMarked
package dev.anodyne.hil.verdict;

import org.jspecify.annotations.NullMarked;
