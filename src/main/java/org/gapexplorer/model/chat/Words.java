package org.gapexplorer.model.chat;

import java.util.List;
import org.gapexplorer.model.chat.Lexer.Kind;
import org.gapexplorer.model.chat.Lexer.Token;

/** A template's tokens, read one after another. */
final class Words {
    private final List<Token> tokens;
    private int at;

    Words(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        Token token = tokens.get(at);
        at += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    boolean isSign(String sign) {
        return peek().kind() == Kind.SIGN && peek().text().equals(sign);
    }

    boolean isName(String name) {
        return peek().kind() == Kind.NAME && peek().text().equals(name);
    }

    /** Whether the next tokens open a block tag of this name. */
    boolean opens(String name) {
        return peek().kind() == Kind.OPEN_BLOCK
                && tokens.get(at + 1).kind() == Kind.NAME
                && tokens.get(at + 1).text().equals(name);
    }

    boolean takeSign(String sign) {
        boolean is = isSign(sign);
        at += is ? 1 : 0;
        return is;
    }

    boolean takeName(String name) {
        boolean is = isName(name);
        at += is ? 1 : 0;
        return is;
    }

    void sign(String sign) {
        if (!takeSign(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    String name() {
        if (peek().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return next().text();
    }

    void close() {
        if (peek().kind() != Kind.CLOSE) {
            throw unexpected("the end of the tag");
        }
        at++;
    }

    TemplateException unexpected(String wanted) {
        Token token = peek();
        String found = switch (token.kind()) {
            case CLOSE -> "the end of the tag";
            case END -> "the end of the template";
            case TEXT, OPEN_BLOCK, OPEN_OUTPUT -> "other text";
            default -> "'" + token.text() + "'";
        };
        return new TemplateException("line " + token.line() + " has " + found + " where " + wanted + " should stand");
    }
}
