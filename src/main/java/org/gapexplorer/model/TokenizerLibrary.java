package org.gapexplorer.model;

import ai.djl.huggingface.tokenizers.jni.LibUtils;

/**
 * Unpacks the tokenizers' native library into the folder that {@code DJL_CACHE_DIR} names, as the first use would: where
 * the folder is read-only later, it must lie there before.
 */
public final class TokenizerLibrary {
    private TokenizerLibrary() {}

    /** Ends with a code that is not 0 where the library cannot be loaded. */
    public static void main(String[] none) {
        LibUtils.checkStatus();
    }
}
