package org.gapexplorer.explorer.footprint;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.gapexplorer.study.Problem;

/**
 * What a visitor sent, decoded in memory: the server's own handling of uploads writes files to the disk, and these texts
 * belong on none.
 *
 * @param text what was pasted
 * @param file what the chosen file holds; empty where none was chosen
 * @param title of the footprint to keep; empty where it is not to be kept
 * @param against link or id of the saved footprint to compare with; empty for none
 */
record FootprintForm(String text, String file, boolean keep, String title, String against) {
    static final FootprintForm EMPTY = new FootprintForm("", "", false, "", "");
    private static final int FIELDS = 20;

    /** The prompts: the file's, where there is one. */
    String prompts() {
        return file.isBlank() ? text : file;
    }

    /** @throws Problem where this is no such form, or the file is not text */
    static FootprintForm of(String contentType, byte[] body) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (!type.startsWith("multipart/form-data") && !type.startsWith("application/x-www-form-urlencoded")) {
            throw new Problem(
                    "Content-Type", "is not a form's", "send multipart/form-data, or post JSON to /api/v1/footprint");
        }
        HttpPostRequestDecoder decoder = null;
        try {
            decoder = decoder(contentType, body);
            Map<String, String> fields = new HashMap<>();
            for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                fields.putIfAbsent(part.getName(), value((HttpData) part));
            }
            return new FootprintForm(
                    fields.getOrDefault("text", ""),
                    fields.getOrDefault("file", ""),
                    fields.containsKey("keep"),
                    fields.getOrDefault("title", "").strip(),
                    fields.getOrDefault("against", "").strip());
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException | IOException e) {
            // the decoder has exceptions of its own, and meets some bad forms with those of arrays and texts
            throw new Problem("form", "cannot be read", "send it from this page again", e);
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static HttpPostRequestDecoder decoder(String contentType, byte[] body) {
        DefaultHttpHeaders headers = new DefaultHttpHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        var request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.POST,
                "/",
                Unpooled.wrappedBuffer(body),
                headers,
                EmptyHttpHeaders.INSTANCE);
        return new HttpPostRequestDecoder(
                new DefaultHttpDataFactory(false), request, StandardCharsets.UTF_8, FIELDS, body.length + 1);
    }

    private static String value(HttpData part) throws IOException {
        return part instanceof FileUpload ? text(part.get()) : part.getString(StandardCharsets.UTF_8);
    }

    private static String text(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Problem("file", "is not text in UTF-8", "save it as UTF-8, JSONL or plain text");
        }
    }
}
