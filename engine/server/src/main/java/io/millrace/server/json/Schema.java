// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.ir.Token;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/**
 * One of our schemas as SBE's intermediate representation, read from the class path at start.
 * Immutable.
 */
public final class Schema {
    private final Ir ir;

    private Schema(Ir ir) {
        this.ir = ir;
    }

    /** The wire messages of Nasdaq ITCH 5.0. */
    public static Schema itch50() {
        return load("/itch50.xml");
    }

    /** The wire messages of IEX TOPS 1.6, and of 1.5. */
    public static Schema tops16() {
        return load("/tops16.xml");
    }

    /** The wire messages of IEX DEEP 1.0. */
    public static Schema deep10() {
        return load("/deep10.xml");
    }

    /** The events of this engine. */
    public static Schema marketData() {
        return load("/market-data.xml");
    }

    /** All messages, each as its tokens. */
    public Collection<List<Token>> messages() {
        return ir.messages();
    }

    /** Tokens of the message with a template id, or null. */
    public List<Token> message(int templateId) {
        return ir.getMessage(templateId);
    }

    /** Version of the schema. */
    public int version() {
        return ir.version();
    }

    private static Schema load(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource
                    + " is not on the class path; the build is incomplete");
            }
            ParserOptions options = ParserOptions.builder().stopOnError(true).build();
            return new Schema(new IrGenerator().generate(XmlSchemaParser.parse(in, options)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(resource + " is not a schema", e);
        }
    }
}
