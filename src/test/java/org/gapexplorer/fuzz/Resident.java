package org.gapexplorer.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory that this process has in use by the system's count, native libraries and mapped files included, in bytes. */
final class Resident {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FORGET = Path.of("/proc/self/clear_refs");
    private static final boolean TOLD = Files.isReadable(STATUS) && Files.isWritable(FORGET);

    /** Cases between two looks: the peak is that of them all. */
    private static final int CASES = 50;

    private static int cases = CASES;
    private static long before;
    private static long most;

    private Resident() {}

    /** Begins a case. */
    static void watch() throws IOException {
        if (TOLD && ++cases > CASES) {
            cases = 1;
            // 5 sets the peak back to what is in use
            Files.writeString(FORGET, "5");
            before = status("VmRSS:");
        }
    }

    /** By how many bytes memory grew at the most, in some of the last cases; 0 where the system does not tell. */
    static long grown() throws IOException {
        if (!TOLD || cases < CASES) {
            return 0;
        }
        long grown = status("VmHWM:") - before;
        most = Math.max(most, grown);
        return grown;
    }

    /** In use now. */
    static long now() throws IOException {
        return TOLD ? status("VmRSS:") : 0;
    }

    /** The most that was in use. */
    static long highest() throws IOException {
        return TOLD ? status("VmHWM:") : 0;
    }

    /** The most that memory grew in this process. */
    static long most() {
        return most;
    }

    private static long status(String field) throws IOException {
        String status = Files.readString(STATUS);
        int from = status.indexOf(field) + field.length();
        return Long.parseLong(status.substring(from, status.indexOf("kB", from)).strip()) << 10;
    }
}
