// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import io.millrace.event.EventView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.otf.OtfMessageDecoder;

/**
 * Prints events of any kind: `event` is the name of the kind, all else as the schema has it. One
 * thread.
 */
public final class EventJson {
    private final JsonLines lines;
    private final FieldJson fields;
    private final int version;
    private final Int2ObjectHashMap<List<Token>> messageByTemplate = new Int2ObjectHashMap<>();

    /** @param lines receives one object per event */
    public EventJson(JsonLines lines) {
        Schema schema = Schema.marketData();
        this.lines = lines;
        version = schema.version();
        fields = new FieldJson(lines.generator(), "", FieldJson.SetForm.NAMES);
        schema.messages().forEach(tokens -> messageByTemplate.put(tokens.get(0).id(), tokens));
    }

    /** Prints one event; of a kind this schema does not know only the template id. */
    public void print(EventView event) throws IOException {
        List<Token> tokens = messageByTemplate.get(event.templateId());
        lines.begin();
        if (tokens == null) {
            lines.field("event", "UNKNOWN").field("templateId", event.templateId());
        } else {
            lines.field("event", tokens.get(0).name());
            OtfMessageDecoder.decode(event.buffer(), event.offset(), version, event.blockLength(),
                tokens, fields);
        }
        lines.end();
    }

    /** All kinds of events by name. */
    public static Map<String, Integer> templateIds() {
        Map<String, Integer> ids = new TreeMap<>();
        Schema.marketData().messages()
            .forEach(tokens -> ids.put(tokens.get(0).name(), tokens.get(0).id()));
        return ids;
    }

    /** Name of a kind of event, or its number when it is unknown. */
    public String name(int templateId) {
        List<Token> tokens = messageByTemplate.get(templateId);
        return tokens == null ? Integer.toString(templateId) : tokens.get(0).name();
    }
}
