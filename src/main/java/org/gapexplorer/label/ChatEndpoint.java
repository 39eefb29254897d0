package org.gapexplorer.label;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
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

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String THOUGHT = "</think>";

    private final URI base;
    private final String model;
    private final String key;
    private final Limits limits;
    private Manner manner = new Manner(false, true);
    private ChatModel chat;

    /**
     * @param timeout of one question
     * @param retries after an answer that may be better next time (429, 5xx, none at all), with growing pauses
     * @param maxTokens longest answer, thinking included
     */
    public record Limits(Duration timeout, int retries, int maxTokens) {
        public Limits {
            if (maxTokens < 1) {
                throw new Problem("--max-tokens", "is " + maxTokens, "give a number from 1");
            }
        }
    }

    /** Newer models know the longest answer by another name, and no temperature but their own. */
    private record Manner(boolean newName, boolean temperature) {
        Manner after(String refusal) {
            return new Manner(
                    newName || refusal.contains("max_completion_tokens"),
                    temperature && !refusal.contains("temperature"));
        }
    }

    /**
     * @param base address up to and with {@code /v1}
     * @param model its name there
     * @param key sent as the bearer token, never shown; null for none
     */
    public ChatEndpoint(URI base, String model, String key, Limits limits) {
        if (base.getHost() == null || !base.toString().matches("https?://.+")) {
            throw new Problem("endpoint '" + base + "'", "is no address", "give one such as http://localhost:8000/v1");
        }
        this.base = base;
        this.model = model;
        this.key = key;
        this.limits = limits;
        chat = chat();
    }

    private ChatModel chat() {
        return OpenAiChatModel.builder()
                .baseUrl(base.toString())
                .apiKey(key)
                .modelName(model)
                .temperature(manner.temperature ? 0.0 : null)
                .maxTokens(manner.newName ? null : limits.maxTokens)
                .maxCompletionTokens(manner.newName ? limits.maxTokens : null)
                .timeout(limits.timeout)
                .maxRetries(limits.retries)
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
            boolean cut = response.finishReason() == FinishReason.LENGTH;
            Integer counted =
                    response.tokenUsage() == null ? null : response.tokenUsage().totalTokenCount();
            long guessed = (instructions.length() + question.length() + text.length()) / CHARACTERS_A_TOKEN;
            return new Answer(cut ? "" : withoutThoughts(text), counted == null ? guessed : counted);
        } catch (InvalidRequestException e) {
            Manner other = manner.after(said(e));
            if (other.equals(manner)) {
                throw explained(e);
            }
            manner = other;
            chat = chat();
            return ask(instructions, question);
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

    /** What a model thinks may stand before its answer; where a template began it, only its end does. */
    private static String withoutThoughts(String text) {
        int end = text.lastIndexOf(THOUGHT);
        String rest = end < 0 ? text : text.substring(end + THOUGHT.length());
        return rest.stripLeading().startsWith("<think>") ? "" : rest;
    }

    /** The endpoint's own words, on one line of bounded length; the key is not among them. */
    private String said(LangChain4jException e) {
        String body = Objects.requireNonNullElse(e.getMessage(), "");
        String words = body;
        try {
            JsonNode json = JSON.readTree(body);
            words = Stream.of("/error/message", "/message", "/detail", "/error")
                    .map(json::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .findFirst()
                    .orElse(body);
        } catch (JsonProcessingException notJson) {
            // the body is the words
        }
        String secret = key == null || key.isBlank() ? words : words.replace(key, "…");
        String line = LabelText.clean(secret.replaceAll("\\p{Cf}+", ""));
        return line == null ? "nothing" : line;
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
            case InvalidRequestException no ->
                new Problem(
                        where(),
                        "refuses the question" + status + ", saying: " + said(e),
                        "give the model and the settings that it asks for",
                        e);
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
