/**
 * What a bench hands out after runs: JUnit XML for build servers, one HTML page for people, and the
 * recorded channels as CSV.
 */
@NullMarked
package dev.anodyne.hil.report;

import org.jspecify.annotations.NullMarked;
