package org.gapexplorer.run;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.concurrent.SynchronousQueue;

/**
 * What the process of a {@link Sandbox} runs: queries from its input, one after the other, rows to its output. It ends with
 * its input, and so with the process that began it, however that ends.
 */
final class SandboxProcess {
    /** As the launcher gives every thread: the depth of SQL that can be read hangs on it. */
    private static final long STACK_BYTES = 16L << 20;
    /** What the process takes before its first query: Java with half of its heap, and the stacks of its threads. */
    private static final int OWN_MEGABYTES = 110;

    /** Numbers of the C library. */
    private static final int RLIMIT_DATA = 2;

    private static final int RLIMIT_CORE = 4;

    /** SQL, and the database to run it. */
    private record Query(LockedDuck database, String sql) {}

    private final SynchronousQueue<Query> queries = new SynchronousQueue<>();
    private final DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));

    private SandboxProcess() {}

    public static void main(String[] arguments) throws Exception {
        // what a library prints must not get between the rows
        System.setOut(System.err);
        // a terminal's Ctrl-C goes to this process too
        Runtime.getRuntime().addShutdownHook(new Thread(SandboxProcess::tidy));
        new SandboxProcess().run(new DataInputStream(System.in));
    }

    private void run(DataInputStream in) throws InterruptedException {
        try {
            new Thread(null, this::answer, "sql", STACK_BYTES).start();
            LockedDuck database = null;
            while (true) {
                if (in.readBoolean()) {
                    int megabytes = in.readInt();
                    bound(megabytes);
                    database = new LockedDuck(megabytes, Wire.files(in));
                }
                queries.put(new Query(database, Wire.text(in)));
            }
        } catch (IOException noMoreInput) {
            tidy();
            Runtime.getRuntime().halt(0);
        }
    }

    private static void tidy() {
        ChildJvm.delete(Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Lets the system refuse memory, whoever asks for it. Linux counts here what a process may write to: DuckDB's texts and
     * lists, and Java's heap. Others do not count so; there DuckDB's own limit and that of the heap are all there is.
     */
    private static void bound(int megabytes) {
        limit(RLIMIT_DATA, (long) (OWN_MEGABYTES + megabytes) << 20);
        limit(RLIMIT_CORE, 0);
    }

    private static void limit(int resource, long most) {
        Function.getFunction(Platform.C_LIBRARY_NAME, "setrlimit")
                .invokeInt(new Object[] {resource, new long[] {most, most}});
    }

    private void answer() {
        try {
            LockedDuck open = null;
            while (true) {
                Query query = queries.take();
                if (open != null && open != query.database) {
                    open.close();
                }
                open = query.database;
                answer(query.database, query.sql);
                out.flush();
            }
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void answer(LockedDuck database, String sql) throws IOException {
        try {
            database.select(sql, this::rows);
            out.writeByte(Wire.END);
        } catch (LockedDuck.Refused e) {
            out.writeByte(Wire.WRONG);
            Wire.put(out, e.getMessage());
            Wire.put(out, e.remedy());
        }
    }

    private void rows(ResultSet result) throws SQLException, IOException {
        ResultSetMetaData meta = result.getMetaData();
        int columns = meta.getColumnCount();
        out.writeByte(Wire.ROW);
        out.writeInt(columns);
        for (int i = 1; i <= columns; i++) {
            Wire.put(out, meta.getColumnLabel(i));
            Wire.put(out, meta.getColumnTypeName(i));
        }
        Object[] row = new Object[columns];
        while (result.next()) {
            for (int i = 0; i < columns; i++) {
                Object value = result.getObject(i + 1);
                row[i] = value instanceof Array array ? array.getArray() : value;
            }
            out.writeByte(Wire.ROW);
            for (Object value : row) {
                cell(value);
            }
        }
    }

    private void cell(Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte(Wire.NULL);
            case Number number -> {
                out.writeByte(Wire.NUMBER);
                out.writeDouble(number.doubleValue());
                Wire.put(out, number.toString());
            }
            case Boolean yes -> {
                out.writeByte(Wire.BOOLEAN);
                out.writeBoolean(yes);
            }
            case Object[] list -> {
                out.writeByte(Wire.LIST);
                out.writeInt(list.length);
                for (Object element : list) {
                    element(element);
                }
            }
            default -> {
                out.writeByte(Wire.TEXT);
                Wire.put(out, value.toString());
            }
        }
    }

    private void element(Object element) throws IOException {
        out.writeBoolean(element != null);
        if (element != null) {
            Wire.put(out, element.toString());
        }
    }
}
