// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator.venue;

import static io.millrace.simulator.wire.OptionRange.address;
import static io.millrace.simulator.wire.OptionRange.check;

import io.millrace.feed.moldudp64.MoldUdp64PacketEncoder;
import io.millrace.simulator.FlowDatagrams;
import io.millrace.simulator.OrderFlow;
import io.millrace.simulator.wire.LineContext;
import java.net.InetAddress;

/** Options of a re-request server. */
public final class RequestContext {
    public static final int MAX_MESSAGES_DEFAULT = MoldUdp64PacketEncoder.MAX_MESSAGES;

    private String interfaceAddress = LineContext.INTERFACE_DEFAULT;
    private int port;
    private int maxReplyLength = FlowDatagrams.MAX_LENGTH;
    private int maxMessages = MAX_MESSAGES_DEFAULT;
    private int requestsPerSecond;
    private boolean isAnswering = true;

    /** Address that the server listens at. */
    public RequestContext interfaceAddress(String value) {
        interfaceAddress = value;
        return this;
    }

    /** Port that the server listens at, 0 for any free one. */
    public RequestContext port(int value) {
        port = value;
        return this;
    }

    /** Greatest number of bytes of a reply. */
    public RequestContext maxReplyLength(int value) {
        maxReplyLength = value;
        return this;
    }

    /** Greatest number of messages of a reply. */
    public RequestContext maxMessages(int value) {
        maxMessages = value;
        return this;
    }

    /** Requests answered in a second, 0 for as many as come. */
    public RequestContext requestsPerSecond(int value) {
        requestsPerSecond = value;
        return this;
    }

    /** Takes requests and stays silent, until it is told to answer. */
    public RequestContext silent() {
        isAnswering = false;
        return this;
    }

    /** Throws when an option is out of range. */
    public RequestContext conclude() {
        address("simulator.request-interface", interfaceAddress);
        check("simulator.request-port", port, 0, 65_535);
        int shortest = 2 * OrderFlow.MAX_MESSAGE_LENGTH;
        check("simulator.request-reply-bytes", maxReplyLength, shortest, FlowDatagrams.MAX_LENGTH);
        check("simulator.request-messages", maxMessages, 1, MAX_MESSAGES_DEFAULT);
        check("simulator.requests-per-second", requestsPerSecond, 0, 1_000_000);
        return this;
    }

    public InetAddress interfaceAddress() {
        return address("simulator.request-interface", interfaceAddress);
    }

    public int port() {
        return port;
    }

    public int maxReplyLength() {
        return maxReplyLength;
    }

    public int maxMessages() {
        return maxMessages;
    }

    public int requestsPerSecond() {
        return requestsPerSecond;
    }

    public boolean isAnswering() {
        return isAnswering;
    }
}
