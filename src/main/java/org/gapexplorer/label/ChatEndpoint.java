package org.gapexplorer.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.gapexplorer.study.Problem;

/** A model behind an endpoint that speaks OpenAI's chat completions, as vLLM, llama.cpp, Ollama and most vendors do. */
public final class ChatEndpoint implements Explainer {
    /** Characters a token at least, where the endpoint does not count: English has about four. */
    private static final int CHARACTERS_A_TOKEN = 3;

    private final URI base;
    private final String model;
    private final ChatModel chat;

    /**
     * @param base address up to and with {@code /v1}
     * @param model its name there
     * @param key sent as the bearer token, never shown; null for none
     * @param timeout of one question
     * @param retries after an answer that may be better next time (429, 5xx, none at all), with growing pauses
     */
    public ChatEndpoint(URI base, String model, String key, Duration timeout, int retries) {
        if (base.getHost() == null || !base.toString().matches("https?://.+")) {
            throw new Problem("endpoint '" + base + "'", "is no address", "give one such as http://localhost:8000/v1");
        }
        this.base = base;
        this.model = model;
        chat = OpenAiChatModel.builder()
                .baseUrl(base.toString())
                .apiKey(key)
                .modelName(model)
                .temperature(0.0)
                .maxTokens(60)
                .timeout(timeout)
                .maxRetries(retries)
                .build();
    }

    @Override
    public String name() {
        return model;
    }

    @Override
    public Answer ask(String instructions, String question) {
        try {
            ChatResponse response = chat.chat(SystemMessage.from(instructions), UserMessage.from(question));
            String text = response.aiMessage().text() == null
                    ? ""
                    : response.aiMessage().text();
            Integer counted =
                    response.tokenUsage() == null ? null : response.tokenUsage().totalTokenCount();
            long guessed = (instructions.length() + question.length() + text.length()) / CHARACTERS_A_TOKEN;
            return new Answer(text, counted == null ? guessed : counted);
        } catch (LangChain4jException e) {
            throw explained(e);
        } catch (RuntimeException e) {
            boolean cutOff = Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                    .anyMatch(cause -> cause instanceof IOException && !(cause instanceof JsonProcessingException));
            if (cutOff) {
                throw silent("", e);
            }
            throw new Problem(where(), "answered with something else than a chat completion", "check the address", e);
        }
    }

    private Problem explained(LangChain4jException e) {
        String status = e.getCause() instanceof HttpException http ? " (HTTP " + http.statusCode() + ")" : "";
        return switch (e) {
            case AuthenticationException no ->
                new Problem(where(), "does not accept the key" + status, "put a valid one into the variable", e);
            case ModelNotFoundException no ->
                new Problem(
                        where(), "knows no model '" + model + "'" + status, "name a model that the endpoint serves", e);
            case RateLimitException no ->
                new Problem(where(), "asks to come back later" + status, "wait, then run the command again", e);
            default -> silent(status, e);
        };
    }

    private Problem silent(String status, RuntimeException e) {
        return new Problem(where(), "does not answer" + status, "see whether it runs, then run the command again", e);
    }

    private String where() {
        return base.getScheme() + "://" + base.getAuthority() + base.getPath();
    }
}
