/**
 * The dashboard and the API over HTTP. Reads only what sessions publish on the event bus; a request
 * never reaches into a loop. Errors are {@code application/problem+json}.
 */
@NullMarked
package dev.anodyne.controller.http;

import org.jspecify.annotations.NullMarked;
