// SPDX-License-Identifier: Apache-2.0
package io.millrace.examples;

import io.millrace.codec.event.BboDecoder;
import io.millrace.engine.Engine;
import io.millrace.feed.itch50.Itch50Capture;
import io.millrace.strategy.MarketView;
import io.millrace.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Path;

/** Embeds the engine and prints the first best bid and offer of an ITCH 5.0 capture file. */
public final class FirstTick implements Strategy {
    private long ticks;

    @Override
    public void onBbo(BboDecoder bbo, MarketView market) {
        if (ticks++ == 0) {
            System.out.println(market.symbol(bbo.instrumentId()) + " " + bbo);
        }
    }

    public static void main(String[] args) throws IOException {
        try (Engine engine = Engine.inline(new FirstTick())) {
            Itch50Capture.read(Path.of(args[0]), engine.pipeline().inbound(),
                engine.pipeline().instruments());
        }
    }
}
