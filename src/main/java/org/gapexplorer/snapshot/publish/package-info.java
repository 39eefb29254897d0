/** Snapshots on their way: published to a folder or a bucket, mirrored from a bucket, pruned. */
package org.gapexplorer.snapshot.publish;
