/**
 * Chat templates: a prompt as a chat model's own tokenizer_config.json lays it out. The templates are Jinja, and come with
 * models from anywhere: the part of Jinja that such templates use is interpreted here, with nothing in reach but the
 * messages, and with limits on steps, depth and size. What is not known ends in a message, never in a prompt that differs
 * unnoticed.
 */
package org.gapexplorer.model.chat;
