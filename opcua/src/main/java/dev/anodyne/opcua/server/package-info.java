/**
 * The server side: encrypted endpoints with user names, bounded resources, and a namespace whose
 * values change together, so that one read sees one image.
 */
@NullMarked
package dev.anodyne.opcua.server;

import org.jspecify.annotations.NullMarked;
