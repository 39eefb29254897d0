package org.gapexplorer.snapshot;

import java.nio.file.Path;
import org.gapexplorer.study.Sha256;

/**
 * One of the run's tables as it is, for those who compute on their own. Only tables without any item's text are packed.
 *
 * @param name benchmarks, concepts, coverage, models, overlap or performance
 * @param file Parquet
 * @param sha256 of the file, in hexadecimal ({@link Sha256})
 */
public record BulkTable(String name, Path file, long bytes, String sha256) {}
