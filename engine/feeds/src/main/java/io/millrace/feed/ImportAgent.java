// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed;

import java.io.IOException;
import org.agrona.concurrent.Agent;

/** Files in place of live lines. Ingress thread. */
public interface ImportAgent extends Agent {
    /** Bytes of the files, as they lie on disk, that were read so far. Ingress thread. */
    long bytesRead() throws IOException;
}
