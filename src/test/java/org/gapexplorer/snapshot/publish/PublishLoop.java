package org.gapexplorer.snapshot.publish;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import org.gapexplorer.study.Progress;

/** A process that publishes two snapshots in turn, and removes the other one, until it is killed. */
final class PublishLoop {
    private PublishLoop() {}

    /** @param args target, endpoint or "", two snapshots */
    public static void main(String[] args) {
        Retention one = new Retention(OptionalInt.empty(), OptionalInt.of(0), Set.of());
        try (Store store = Store.at(args[0], args[1].isEmpty() ? null : args[1])) {
            Publisher publisher = new Publisher(store);
            for (int i = 0; ; i++) {
                publisher.publish(Path.of(args[2 + i % 2]), Progress.SILENT);
                System.out.println("published");
                publisher.prune(one, false);
            }
        }
    }
}
