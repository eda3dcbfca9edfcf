package dev.anodyne.core.p2d;

/** All scratch arrays of a solve, made once by {@link P2dModel#newWorkspace}. Not thread-safe. */
public final class P2dWorkspace {
  P2dWorkspace() {}
}
