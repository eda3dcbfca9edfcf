/**
 * The electrochemical model: Doyle–Fuller–Newman (P2D) with lumped heat, SEI and plating. {@link
 * dev.anodyne.core.p2d.P2dModel} holds what never changes, {@link dev.anodyne.core.p2d.P2dState}
 * one instant, {@link dev.anodyne.core.p2d.P2dWorkspace} all scratch arrays; {@link
 * dev.anodyne.core.p2d.P2dStepper} advances a state with error control and {@link
 * dev.anodyne.core.p2d.P2dRollout} predicts a horizon with derivatives with respect to the
 * current's moves, {@link dev.anodyne.core.p2d.P2dSensitivities} with respect to parameters and the
 * start, and {@link dev.anodyne.core.p2d.P2dAdjoint} gives the gradient of one scalar with respect
 * to all.
 *
 * <p>Method: finite volumes over x, Galerkin modes of even polynomials in the particles, which are
 * eliminated, so that each Newton iteration is one block-tridiagonal solve with 3×3 blocks (c_e,
 * φ_e, φ_s); SDIRK in time, L-stable, so that a jump of current needs no history.
 *
 * <p>Symbols (all kernels use these; charge current is positive):
 *
 * <ul>
 *   <li>x m, from the anode's collector through the separator to the cathode's; Δx a volume's width
 *   <li>c_e mol/m³ salt concentration; φ_e, φ_s V potentials of electrolyte and solid; φ_s = 0 at
 *       the anode's collector
 *   <li>j A/m² of particle surface, positive when lithium leaves the particle; j_Li plating
 *       (negative) and stripping, j_SEI &lt; 0 SEI growth; a 1/m surface per volume
 *   <li>i A/m² current density of the cell; i_e, i_s its parts in electrolyte and solid, positive
 *       towards the cathode
 *   <li>x̂, x stoichiometry of the particle surface without and with the stage's own flux; g =
 *       ∂x/∂j; q_k mode amplitudes, v_k modes, λ_k their eigenvalues, R m particle radius, D m²/s
 *   <li>ε, B porosity and transport efficiency; D_e m²/s, κ S/m electrolyte; t₊ transference
 *       number; χ = 2 (1 − t₊) TDF R/F V/K
 *   <li>U V open-circuit potential, U_T V/K its entropic slope; j₀ A/m² exchange current; R_f Ω·m²
 *       film resistance; L m SEI thickness; c_Li, c_dead mol per m³ of electrode, plated lithium
 *   <li>T K; Q W heat of the cell; h A W/K cooling
 *   <li>γ, h: diagonal coefficient of the Runge–Kutta method and sub-step, s
 * </ul>
 *
 * <p>Sources: M. Doyle, T. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526 (model); S.
 * O'Kane et al., Phys. Chem. Chem. Phys. 24 (2022) 7909 (plating, SEI); PyBaMM (forms and signs,
 * validated against); R. Alexander, SIAM J. Numer. Anal. 14 (1977) 1006 (time integration). As in
 * PyBaMM the heat of mixing inside the particles and the heat of the side reactions are left out.
 */
@NullMarked
package dev.anodyne.core.p2d;

import org.jspecify.annotations.NullMarked;
