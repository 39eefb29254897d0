package org.gapexplorer.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory that this process has in use by the system's count, native libraries and mapped files included, in bytes. */
final class Resident {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FORGET = Path.of("/proc/self/clear_refs");
    private static final boolean TOLD = Files.isReadable(STATUS) && Files.isWritable(FORGET);

    private Resident() {}

    /** What is in use now, from where the peak counts; 0 where the system does not tell. */
    static long begin() {
        if (!TOLD) {
            return 0;
        }
        try {
            // 5 sets the peak back to what is in use
            Files.writeString(FORGET, "5");
            return status("VmRSS:");
        } catch (IOException e) {
            return 0;
        }
    }

    /** The most since {@link #begin}. */
    static long peak() {
        try {
            return TOLD ? status("VmHWM:") : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static long status(String field) throws IOException {
        String status = Files.readString(STATUS);
        int from = status.indexOf(field) + field.length();
        return Long.parseLong(status.substring(from, status.indexOf("kB", from)).strip()) << 10;
    }
}
