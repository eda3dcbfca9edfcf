/**
 * Several machines that run one station: which node drives which connector, and that no two ever
 * do.
 *
 * <p>A connector is driven under a {@linkplain dev.anodyne.controller.cluster.Lease lease} that
 * stands in PostgreSQL and is judged by the database's clock; the fencing number in it grows with
 * every take-over. The holder judges the lease by its own monotonic clock before every command,
 * from before it asked for the renewal, so that a pause of the process or of the network can only
 * make it stop too early. The next holder waits until the last command of the one before has run
 * out. Hazelcast only carries what is shown and asked for from node to node: nothing here rests on
 * it.
 */
@NullMarked
package dev.anodyne.controller.cluster;

import org.jspecify.annotations.NullMarked;
