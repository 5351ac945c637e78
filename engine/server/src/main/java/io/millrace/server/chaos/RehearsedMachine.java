// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.chaos;

import io.millrace.server.chaos.wire.VirtualTime;

/**
 * What outlives the engine: time, the disk, and a memory of what went in.
 *
 * @param published events by inbound sequence, as the last life that published one did
 */
record RehearsedMachine(VirtualTime time, RehearsedDisk disk, PublishedEvents published) {
}
