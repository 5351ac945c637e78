// SPDX-License-Identifier: Apache-2.0
package io.millrace.benchmarks.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.benchmarks.disk.Folders;
import io.millrace.benchmarks.rig.Options;
import io.millrace.bridge.Bridge;
import io.millrace.bridge.parquet.ParquetContext;
import io.millrace.bridge.parquet.ParquetSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** A file for each table and batch by the library's own row objects, ZSTD, forced. */
final class ParquetOutside implements Outside<List<List<Group>>> {
    private static final List<String> TABLES = List.of("trades", "quotes");

    private final List<MessageType> schemas = new ArrayList<>();
    private final Path root;
    private Path folder;
    private int files;

    ParquetOutside(Options options) {
        root = Path.of(options.text("folder"), "parquet-" + ProcessHandle.current().pid());
        TABLES.forEach(table -> schemas.add(MessageTypeParser.parseMessageType(
            text(table).replace("${common}", text("common")))));
    }

    private static String text(String name) {
        try (InputStream in = ParquetSink.class.getResourceAsStream(name + ".schema")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Bridge.SinkFactory sink(int round, Path journalRoot) {
        folder = root.resolve("bridge-" + (round + 1));
        return ParquetSink.factory(new ParquetContext().directory(folder).minimumFreeMb(0));
    }

    @Override
    public void open(int round) throws IOException {
        folder = Files.createDirectories(root.resolve("bare-" + (round + 1)));
    }

    @Override
    public List<List<Group>> encode(List<Market> batch) {
        List<List<Group>> tables = List.of(new ArrayList<>(), new ArrayList<>());
        for (Market market : batch) {
            int table = market.isTrade() ? 0 : 1;
            tables.get(table).add(row(market, schemas.get(table)));
        }
        return tables;
    }

    private static Group row(Market market, MessageType schema) {
        Group row = new SimpleGroup(schema)
            .append("epoch", (int) EventJournal.DATE.toEpochDay())
            .append("birth", EventJournal.timeNs(0)).append("queue", market.queue())
            .append("sequence", market.sequence()).append("receive_time", market.timeNs())
            .append("exchange_time", market.timeNs()).append("symbol", market.symbol())
            .append("venue", Integer.toString(EventJournal.VENUE)).append("channel", 1)
            .append("flags", EventJournal.FLAGS);
        return market.isTrade()
            ? row.append("price", market.price()).append("size", market.size())
                .append("side", "UNKNOWN").append("trade_id", market.askPrice())
            : row.append("kind", "BBO").append("bid", market.price())
                .append("bid_size", market.size()).append("ask", market.askPrice())
                .append("ask_size", market.askSize());
    }

    @Override
    public void send(List<List<Group>> batch) throws IOException {
        for (int i = 0; i < schemas.size(); i++) {
            Path file = folder.resolve(TABLES.get(i) + '-' + files++ + ".parquet");
            try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file)).withType(schemas.get(i))
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .withWriterVersion(WriterVersion.PARQUET_2_0).build()) {
                for (Group row : batch.get(i)) {
                    writer.write(row);
                }
            }
            force(file);
        }
        force(folder);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void leave() {
        Folders.remove(folder);
    }
}
