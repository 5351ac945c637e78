// SPDX-License-Identifier: Apache-2.0
package io.millrace.journal;

import io.millrace.codec.event.BookClearedDecoder;
import io.millrace.codec.event.GapDecoder;
import io.millrace.codec.event.InstrumentDefinedDecoder;
import io.millrace.codec.event.LevelChangedDecoder;
import io.millrace.codec.event.LineState;
import io.millrace.codec.event.LineStatusDecoder;
import io.millrace.codec.event.SessionEventDecoder;
import io.millrace.codec.event.SessionEventKind;
import io.millrace.codec.event.SnapshotBegunDecoder;
import io.millrace.codec.event.SnapshotEndedDecoder;
import io.millrace.event.EventDescriptor;
import io.millrace.event.EventFlag;
import io.millrace.event.EventView;
import io.millrace.state.StateReader;
import io.millrace.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The few inbound events from which alone securities and sessions can be told as well as from all
 * of them: definitions, what sessions say of themselves, holes and snapshots; the last message of
 * each channel, whether its breaker is open, and levels in the middle of an update. Kept with a
 * checkpoint they spare a start the reading of the whole day. When they would be too many, nothing
 * is known. One thread.
 */
public final class KeptEvents {
    private static final int MAX_BYTES = 1 << 26;
    private static final int CHANNELS = 256;

    private final List<byte[]> events = new ArrayList<>();
    private final byte[][] lastMessages = new byte[CHANNELS][];
    private final byte[][] lastLiveMessages = new byte[CHANNELS][];
    private final byte[][] lastBreakers = new byte[CHANNELS][];
    private final Map<Long, byte[]> partsByBook = new HashMap<>();
    private long byteCount;
    private long sequence;
    private int greatestInstrumentId;

    /** Takes the next inbound event. */
    public void onEvent(EventView event) {
        sequence = event.sequence();
        int instrumentId = event.instrumentId();
        greatestInstrumentId = Math.max(greatestInstrumentId, instrumentId);
        switch (event.templateId()) {
            case SessionEventDecoder.TEMPLATE_ID -> onSession(event);
            case InstrumentDefinedDecoder.TEMPLATE_ID, BookClearedDecoder.TEMPLATE_ID,
                GapDecoder.TEMPLATE_ID, SnapshotBegunDecoder.TEMPLATE_ID,
                SnapshotEndedDecoder.TEMPLATE_ID -> keep(bytes(event));
            case LineStatusDecoder.TEMPLATE_ID -> onLine(event);
            default -> {
                if (event.venueId() != 0) {
                    onMessage(event);
                }
            }
        }
    }

    /**
     * Takes what was kept of the events behind the last one taken, as those of a hole are; levels
     * in the middle of an update are forgotten.
     *
     * @param behind sequence of the event that ended the hole
     */
    public void goOn(KeptEvents later, long behind) {
        partsByBook.clear();
        later.forEach(this::onEvent);
        sequence = behind;
        greatestInstrumentId = Math.max(greatestInstrumentId, later.greatestInstrumentId);
        byteCount = later.isKnown() ? byteCount : later.byteCount;
    }

    /** Sequence of the last event taken, 0 before the first. */
    public long sequence() {
        return sequence;
    }

    /** Greatest id of a security that any event taken named. */
    public int greatestInstrumentId() {
        return greatestInstrumentId;
    }

    /** False when there were too many, so that the journal must be read. */
    public boolean isKnown() {
        return byteCount <= MAX_BYTES;
    }

    /** Visits what was kept, in the order of sequences. */
    public void forEach(Consumer<EventView> visitor) {
        List<byte[]> all = new ArrayList<>(events);
        for (int channelId = 0; channelId < CHANNELS; channelId++) {
            addLast(channelId, all);
            if (lastBreakers[channelId] != null) {
                all.add(lastBreakers[channelId]);
            }
        }
        all.addAll(partsByBook.values());
        all.sort(Comparator.comparingLong(bytes -> view(bytes).sequence()));
        long before = -1;
        for (byte[] bytes : all) {
            EventView event = view(bytes);
            if (event.sequence() != before) {
                visitor.accept(event);
            }
            before = event.sequence();
        }
    }

    /** Forgets all events. */
    public void clear() {
        events.clear();
        partsByBook.clear();
        Arrays.fill(lastMessages, null);
        Arrays.fill(lastLiveMessages, null);
        Arrays.fill(lastBreakers, null);
        byteCount = 0;
        sequence = 0;
        greatestInstrumentId = 0;
    }

    /** Events are missing here of which nothing is known: so nothing is from now on. */
    public void forget() {
        clear();
        byteCount = MAX_BYTES + 1L;
    }

    /** Saves what was kept. */
    public void save(StateWriter writer) {
        writer.begin("kept");
        writer.putLong(sequence);
        writer.putInt(greatestInstrumentId);
        forEach(event -> {
            byte[] bytes = bytes(event);
            writer.putInt(bytes.length);
            writer.putBytes(bytes);
        });
        writer.putInt(0);
    }

    /** Becomes what was saved. */
    public void restore(StateReader reader) {
        reader.begin("kept");
        clear();
        long last = reader.getLong();
        int greatestId = reader.getInt();
        int length = reader.getInt("length of an event", 0, EventDescriptor.SLOT_LENGTH);
        while (length != 0) {
            byte[] bytes = new byte[Math.max(length, EventDescriptor.HEADER_LENGTH
                + EventDescriptor.COMMON_LENGTH)];
            byte[] read = new byte[length];
            reader.getBytes(read);
            System.arraycopy(read, 0, bytes, 0, length);
            onEvent(view(bytes));
            length = reader.getInt("length of an event", 0, EventDescriptor.SLOT_LENGTH);
        }
        sequence = last;
        greatestInstrumentId = greatestId;
    }

    /** Another session begins: what was in the middle of an update is forgotten. */
    private void onSession(EventView event) {
        int channelId = event.channelId();
        if (event.buffer().getByte(event.offset() + SessionEventDecoder.kindEncodingOffset())
            == SessionEventKind.SESSION_CHANGED.value()) {
            addLast(channelId, events);
            lastMessages[channelId] = null;
            lastLiveMessages[channelId] = null;
            partsByBook.keySet().removeIf(book -> book >>> Integer.SIZE == channelId);
        }
        keep(bytes(event));
    }

    /** Only these two tell whether books are stale; a breaker that is half-open was open. */
    private void onLine(EventView event) {
        int channelId = event.channelId();
        int state = event.buffer().getByte(event.offset()
            + LineStatusDecoder.stateEncodingOffset());
        if (state == LineState.BREAKER_OPEN.value() || state == LineState.BREAKER_CLOSED.value()) {
            lastBreakers[channelId] = into(lastBreakers[channelId], event);
        }
    }

    private void onMessage(EventView event) {
        int channelId = event.channelId();
        boolean isSnapshot = (event.flags() & EventFlag.SNAPSHOT) != 0;
        lastMessages[channelId] = into(lastMessages[channelId], event);
        if (!isSnapshot) {
            lastLiveMessages[channelId] = into(lastLiveMessages[channelId], event);
        }
        if (event.templateId() == LevelChangedDecoder.TEMPLATE_ID) {
            onLevel(event, isSnapshot || (event.flags() & EventFlag.LAST) != 0);
        }
    }

    private void onLevel(EventView event, boolean isWhole) {
        long book = (long) event.channelId() << Integer.SIZE | event.instrumentId();
        if (!isWhole) {
            partsByBook.put(book, bytes(event));
        } else if (!partsByBook.isEmpty()) {
            partsByBook.remove(book);
        }
    }

    private void addLast(int channelId, List<byte[]> target) {
        if (lastLiveMessages[channelId] != null) {
            target.add(lastLiveMessages[channelId]);
        }
        if (lastMessages[channelId] != null) {
            target.add(lastMessages[channelId]);
        }
    }

    private void keep(byte[] bytes) {
        byteCount += bytes.length;
        if (isKnown()) {
            events.add(bytes);
        }
    }

    private static byte[] into(byte[] target, EventView event) {
        byte[] bytes = target == null || target.length != event.length()
            ? new byte[event.length()] : target;
        event.copyTo(new UnsafeBuffer(bytes), 0);
        return bytes;
    }

    private static byte[] bytes(EventView event) {
        return into(null, event);
    }

    private static EventView view(byte[] bytes) {
        return new EventView().wrap(new UnsafeBuffer(bytes), EventDescriptor.HEADER_LENGTH);
    }
}
