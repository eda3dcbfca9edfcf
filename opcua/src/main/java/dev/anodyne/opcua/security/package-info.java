/**
 * Certificates, trust folders and users. Nothing is trusted unless its certificate lies in the
 * trust folder; every check of a certificate that OPC UA knows is made; passwords are kept as
 * salted hashes.
 */
@NullMarked
package dev.anodyne.opcua.security;

import org.jspecify.annotations.NullMarked;
