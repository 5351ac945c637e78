// SPDX-License-Identifier: Apache-2.0
package io.millrace.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.agrona.DirectBuffer;

/**
 * Writes datagrams as a pcap capture of Ethernet frames, in ns or us, gzip when the name ends in
 * .gz. Heart-beats fill seconds of silence and the end of the session is repeated, as on the
 * network. One thread.
 */
public final class PcapFile implements AutoCloseable {
    /** Unit of the capture's times. */
    public enum Unit {
        /** Nanoseconds. */
        NANOSECONDS(0xA1B2_3C4D, 1),
        /** Microseconds. */
        MICROSECONDS(0xA1B2_C3D4, 1_000);

        private final int magic;
        private final int lengthNs;

        Unit(int magic, int lengthNs) {
            this.magic = magic;
            this.lengthNs = lengthNs;
        }
    }

    private static final ZoneId EXCHANGE_ZONE = ZoneId.of("America/New_York");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int END_REPEATS = 3;
    private static final int CAPACITY = 1 << 20;
    private static final int HEADERS_LENGTH = 42;
    private static final int UDP_HEADER_LENGTH = 8;
    private static final int IP_HEADER_LENGTH = 20;
    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int SNAP_LENGTH = 65_535;
    private static final int ETHERNET = 1;
    private static final int SOURCE_ADDRESS = 0x0A00_0001;
    private static final int SOURCE_PORT = 40_000;
    private static final int GROUP_ADDRESS = 0xEFFF_1A04;
    private static final int PORT = 26_400;

    private final ByteBuffer bytes = ByteBuffer.allocate(CAPACITY);
    private final OutputStream out;
    private final Unit unit;
    private final long midnightNs;
    private int identification;

    /**
     * @param file created, or overwritten
     * @param date trading date of the messages' times
     */
    public PcapFile(Path file, LocalDate date, Unit unit) {
        out = BinaryFileSink.open(file);
        this.unit = unit;
        midnightNs = date.atStartOfDay(EXCHANGE_ZONE).toEpochSecond() * SECOND_NS;
        bytes.putInt(unit.magic).putShort((short) 2).putShort((short) 4).putLong(0)
            .putInt(SNAP_LENGTH).putInt(ETHERNET);
    }

    /** Writes what is left of a flow, heart-beats and ends of session. */
    public void write(FlowDatagrams datagrams) {
        long lastNs = Long.MAX_VALUE;
        while (datagrams.next()) {
            for (; lastNs < datagrams.timeNs() - SECOND_NS; lastNs += SECOND_NS) {
                datagrams.heartbeat();
                writeControl(lastNs + SECOND_NS, datagrams);
            }
            write(datagrams.timeNs(), datagrams.buffer(), datagrams.length());
            lastNs = datagrams.timeNs();
        }
        datagrams.endOfSession();
        for (int i = 1; i <= END_REPEATS; i++) {
            writeControl(datagrams.timeNs() + i * SECOND_NS, datagrams);
        }
    }

    /** Writes one datagram captured at a time of the day. */
    public void write(long timeNs, DirectBuffer buffer, int length) {
        int frameLength = HEADERS_LENGTH + length;
        if (bytes.remaining() < RECORD_HEADER_LENGTH + frameLength) {
            flush();
        }
        long epochNs = midnightNs + timeNs;
        bytes.putInt((int) (epochNs / SECOND_NS))
            .putInt((int) (epochNs % SECOND_NS / unit.lengthNs))
            .putInt(frameLength).putInt(frameLength);
        putHeaders(length);
        buffer.getBytes(0, bytes, length);
    }

    @Override
    public void close() {
        flush();
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeControl(long timeNs, FlowDatagrams datagrams) {
        write(timeNs, datagrams.controlBuffer(), datagrams.controlBuffer().capacity());
    }

    /** Ethernet, IPv4 and UDP headers of a multicast datagram; the UDP checksum is left out. */
    private void putHeaders(int length) {
        bytes.putShort((short) 0x0100).putInt(0x5E00_0000 | GROUP_ADDRESS & 0x7F_FFFF)
            .putShort((short) 0x0200).putInt(SOURCE_ADDRESS).putShort((short) 0x0800);
        int ipLength = IP_HEADER_LENGTH + UDP_HEADER_LENGTH + length;
        identification = identification + 1 & 0xFFFF;
        bytes.putShort((short) 0x4500).putShort((short) ipLength)
            .putShort((short) identification).putShort((short) 0x4000).putShort((short) 0x1011)
            .putShort((short) ipChecksum(ipLength)).putInt(SOURCE_ADDRESS).putInt(GROUP_ADDRESS);
        bytes.putShort((short) SOURCE_PORT).putShort((short) PORT)
            .putShort((short) (UDP_HEADER_LENGTH + length)).putShort((short) 0);
    }

    private int ipChecksum(int ipLength) {
        int sum = 0x4500 + ipLength + identification + 0x4000 + 0x1011
            + (SOURCE_ADDRESS >>> 16) + (SOURCE_ADDRESS & 0xFFFF)
            + (GROUP_ADDRESS >>> 16) + (GROUP_ADDRESS & 0xFFFF);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return ~sum & 0xFFFF;
    }

    private void flush() {
        try {
            out.write(bytes.array(), 0, bytes.position());
            bytes.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
