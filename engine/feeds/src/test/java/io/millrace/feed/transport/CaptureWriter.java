// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.GZIPOutputStream;

/** Builds capture files and frames byte by byte, as the formats' documents have them. */
public final class CaptureWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteOrder order;

    public CaptureWriter(ByteOrder order) {
        this.order = order;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    CaptureWriter pcapHeader(int magic, int linkType) {
        return put(buffer(24).putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0)
            .putInt(0).putInt(65_535).putInt(linkType));
    }

    CaptureWriter pcapRecord(int seconds, int fraction, byte[] frame) {
        return put(buffer(16 + frame.length).putInt(seconds).putInt(fraction).putInt(frame.length)
            .putInt(frame.length).put(frame));
    }

    public CaptureWriter section() {
        return block(0x0A0D0D0A, buffer(16).putInt(0x1A2B3C4D).putShort((short) 1)
            .putShort((short) 0).putLong(-1));
    }

    public CaptureWriter networkInterface(int linkType, int snapLength, byte[] options) {
        return block(1, buffer(8 + options.length).putShort((short) linkType).putShort((short) 0)
            .putInt(snapLength).put(options));
    }

    public byte[] option(int code, byte[] value) {
        return buffer(4 + padded(value.length)).putShort((short) code)
            .putShort((short) value.length).put(value).array();
    }

    public CaptureWriter enhanced(int source, long ticks, byte[] frame) {
        return block(6, buffer(20 + padded(frame.length)).putInt(source)
            .putInt((int) (ticks >>> 32)).putInt((int) ticks).putInt(frame.length)
            .putInt(frame.length).put(frame));
    }

    CaptureWriter simple(byte[] frame) {
        return block(3, buffer(4 + padded(frame.length)).putInt(frame.length).put(frame));
    }

    CaptureWriter block(int type, ByteBuffer body) {
        int length = 12 + body.array().length;
        return put(buffer(length).putInt(type).putInt(length).put(body.array()).putInt(length));
    }

    CaptureWriter message(String text) {
        return put(ByteBuffer.allocate(2 + text.length()).putShort((short) text.length())
            .put(text.getBytes()));
    }

    ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] ethernet(int etherType, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length).position(12).putShort((short) etherType)
            .put(payload).array();
    }

    static byte[] tag(int etherType, byte[] payload) {
        return ByteBuffer.allocate(4 + payload.length).putShort((short) 77)
            .putShort((short) etherType).put(payload).array();
    }

    /** IPv4 with so many bytes of options. */
    static byte[] ipv4(int options, int protocol, int fragment, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(20 + options + payload.length);
        packet.put((byte) (0x45 + options / 4)).put((byte) 0).putShort((short) packet.capacity())
            .putShort((short) 1).putShort((short) fragment).put((byte) 64).put((byte) protocol)
            .putShort((short) 0).putInt(0x0A000001).putInt(0xE9360C6F).position(20 + options);
        return packet.put(payload).array();
    }

    static byte[] ipv6(int next, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(40 + payload.length).putInt(0x6000_0000)
            .putShort((short) payload.length).put((byte) next).put((byte) 64);
        return packet.position(39).put((byte) 9).put(payload).array();
    }

    static byte[] udp(String text) {
        return ByteBuffer.allocate(8 + text.length()).putShort((short) 1).putShort((short) 26_477)
            .putShort((short) (8 + text.length())).putShort((short) 0).put(text.getBytes()).array();
    }

    static byte[] frame(String text) {
        return ethernet(0x0800, ipv4(0, 17, 0, udp(text)));
    }

    private CaptureWriter put(ByteBuffer content) {
        bytes.writeBytes(content.array());
        return this;
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
