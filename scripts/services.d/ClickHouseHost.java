// SPDX-License-Identifier: Apache-2.0

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Runs ClickHouse's own command line out of its shared library: the process that it is when there is no program. */
public final class ClickHouseHost {
    /** The library's entry points. */
    public interface ClickHouse extends Library {
        com.sun.jna.Pointer chdb_query_cmdline(int argc, String[] argv);
    }

    /** @param args the library, then the command line */
    public static void main(String[] args) {
        ClickHouse library = Native.load(args[0], ClickHouse.class);
        args[0] = "clickhouse";
        library.chdb_query_cmdline(args.length, args);
    }

    private ClickHouseHost() {
    }
}
