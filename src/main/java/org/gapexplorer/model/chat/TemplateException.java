package org.gapexplorer.model.chat;

/** A template that cannot be read or rendered; the message is a complaint without the template's name. */
final class TemplateException extends RuntimeException {
    TemplateException(String complaint) {
        super(complaint, null, false, false);
    }
}
