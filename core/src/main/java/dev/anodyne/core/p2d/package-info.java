/** The electrochemical model: Doyle–Fuller–Newman (P2D) with lumped heat, SEI and plating. */
@NullMarked
package dev.anodyne.core.p2d;

import org.jspecify.annotations.NullMarked;
