package org.gapexplorer.snapshot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Rewrites a snapshot's manifest, its checksum too, as a program that writes snapshots of another kind would. */
final class EditedManifest {
    private EditedManifest() {}

    static void edit(Path snapshot, Consumer<ObjectNode> change) throws IOException {
        Path manifest = snapshot.resolve(SnapshotFiles.MANIFEST);
        ObjectNode tree = (ObjectNode) SnapshotFiles.JSON.readTree(manifest.toFile());
        change.accept(tree);
        byte[] bytes = SnapshotFiles.JSON.writeValueAsBytes(tree);
        Files.write(manifest, bytes);
        Files.write(snapshot.resolve(SnapshotFiles.MANIFEST_SUM), Manifest.sumOf(bytes));
    }

    /** Leaves out what the manifest says of the files of this folder or name. */
    static void forget(Path snapshot, String prefix) throws IOException {
        edit(snapshot, manifest -> {
            ObjectNode files = (ObjectNode) manifest.path("files");
            files.properties().stream()
                    .map(file -> file.getKey())
                    .filter(name -> name.startsWith(prefix))
                    .toList()
                    .forEach(files::remove);
        });
    }
}
