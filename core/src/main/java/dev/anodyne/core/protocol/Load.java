package dev.anodyne.core.protocol;

/** What is done to a cell: a protocol in words or a current over time. */
public sealed interface Load permits Protocol, CurrentProfile {}
