// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

/** The link layers a capture may hold, numbered as in the registry of the capture formats. */
final class LinkType {
    static final int NULL = 0;
    static final int ETHERNET = 1;
    static final int RAW_BSD = 12;
    static final int RAW_OPENBSD = 14;
    static final int RAW = 101;
    static final int LOOP = 108;
    static final int LINUX_COOKED = 113;
    static final int IPV4 = 228;
    static final int IPV6 = 229;
    static final int LINUX_COOKED_2 = 276;

    private LinkType() {
    }
}
