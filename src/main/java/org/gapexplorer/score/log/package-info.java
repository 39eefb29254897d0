/** The formats that evaluation harnesses write per-item scores in: one class each, behind {@link LogFormat}. */
package org.gapexplorer.score.log;
