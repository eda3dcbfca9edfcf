package dev.anodyne.core.cell;

/**
 * The separator.
 *
 * @param thicknessM m
 * @param porosity volume share of the electrolyte
 * @param transportEfficiency effective over free-electrolyte transport
 */
public record Separator(double thicknessM, double porosity, double transportEfficiency) {}
