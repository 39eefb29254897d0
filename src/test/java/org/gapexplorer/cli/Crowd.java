package org.gapexplorer.cli;

import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** People who save views one after the other until they are sent home, more of them than the server has connections. */
final class Crowd implements AutoCloseable {
    private final ExecutorService people;
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    Crowd(ServedProcess server, int size) {
        people = Executors.newFixedThreadPool(size);
        for (int i = 0; i < size; i++) {
            people.execute(() -> save(server));
        }
    }

    private void save(ServedProcess server) {
        try {
            while (!leaving) {
                answers.add(SavedLinks.post(server, "/", "one of many").statusCode());
                Thread.sleep(100);
            }
        } catch (IOException e) {
            answers.add(-1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Status codes so far; -1 for no answer. */
    Set<Integer> answers() {
        return new TreeSet<>(answers);
    }

    @Override
    public void close() {
        leaving = true;
        people.close();
    }
}
