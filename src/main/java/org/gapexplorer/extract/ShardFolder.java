package org.gapexplorer.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.gapexplorer.extract.PartReader.Row;
import org.gapexplorer.run.RunFolder;

/**
 * Where processes on many machines put the parts of one plan: {@code shards/KEY}, whose name begins the plan's key.
 * Whoever has other files, settings or another build has another key, hence another folder, and nobody has to delete
 * anything. Each process writes into a scratch folder that is its own and renames; should two do the same part, the later
 * rename replaces a file by one with the same bytes.
 */
final class ShardFolder {
    private static final int KEY_DIGITS = 16;
    private static final String SCRATCH = "scratch-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path all;
    private final Path folder;
    private final Path scratch;

    ShardFolder(RunFolder run, Plan plan) {
        all = run.shards();
        folder = all.resolve(plan.key().substring(0, KEY_DIGITS));
        scratch = folder.resolve(SCRATCH + UUID.randomUUID());
    }

    /**
     * What a shard has come to; it stands beside the parts for whoever asks which shard is behind.
     *
     * @param parts how many are its own
     * @param done how many of them are there
     * @param tokens read by the process that wrote this, in so many seconds
     */
    record Note(int shard, int of, int parts, int done, long tokens, double seconds) {}

    Path part(int part) {
        return folder.resolve(Parts.name(part));
    }

    boolean finished(int part) {
        return Files.exists(part(part));
    }

    /** Writes one part; it appears when it is complete and on disk. */
    void write(int part, List<Row> rows, List<Prompt> prompts) {
        Path file = scratch.resolve(Parts.name(part));
        Parts.write(file, rows, prompts);
        try {
            appear(file, part(part));
        } catch (IOException e) {
            throw Parts.unwritable(folder, e);
        }
    }

    void note(Note note) {
        String name = String.format(Locale.ROOT, "shard-%d-of-%d.json", note.shard(), note.of());
        try {
            Files.createDirectories(scratch);
            Path file = scratch.resolve(name);
            Files.write(file, JSON.writeValueAsBytes(note));
            appear(file, folder.resolve(name));
        } catch (IOException e) {
            throw Parts.unwritable(folder, e);
        }
    }

    /** A machine that loses power must not leave a name without its bytes. */
    private static void appear(Path file, Path as) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(file, as, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What the shards have noted, those of one count together; a note that cannot be read is left out. */
    List<Note> notes() throws IOException {
        List<Note> notes = new ArrayList<>();
        for (Path file : list(folder)) {
            if (file.getFileName().toString().matches("shard-[0-9]+-of-[0-9]+\\.json")) {
                try {
                    notes.add(JSON.readValue(Files.readAllBytes(file), Note.class));
                } catch (IOException e) {
                    // it says who is behind, not what there is
                }
            }
        }
        notes.sort(Comparator.comparingInt(Note::of).thenComparingInt(Note::shard));
        return notes;
    }

    /** The names of folders beside this one: shards made from something else. */
    List<String> others() throws IOException {
        return list(all).stream()
                .filter(other -> Files.isDirectory(other) && !other.equals(folder))
                .map(other -> other.getFileName().toString())
                .sorted()
                .toList();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Deletes this process's scratch folder. */
    void tidy() {
        delete(scratch);
    }

    /** Deletes the folder once its parts are elsewhere, with what killed processes left in it. */
    void delete() {
        delete(folder);
        try {
            Files.deleteIfExists(all);
        } catch (IOException e) {
            // others' shards are still in it
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            // only space is lost; a straggler may be writing here
        }
    }
}
