/**
 * The server as a service of its machine: whether everything that must run does ({@link
 * dev.anodyne.controller.service.Vitals}), and telling so to the machine's service manager ({@link
 * dev.anodyne.controller.service.ServiceNotice}), which restarts what hangs. Nothing here decides
 * about a charge.
 */
@NullMarked
package dev.anodyne.controller.service;

import org.jspecify.annotations.NullMarked;
