package org.gapexplorer.explorer.api;

import io.quarkiverse.mcp.server.RawMessage;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkiverse.mcp.server.ToolManager.ToolArgument;
import io.quarkiverse.mcp.server.ToolManager.ToolInfo;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.gapexplorer.explorer.problem.BadParameter;
import org.gapexplorer.explorer.view.Text;

/**
 * Refuses a call with an argument that its tool has not got: left unread, a misspelt filter would answer another question.
 * (The extension's guardrails would do, but fail where a call has no arguments at all.)
 */
@Singleton
class KnownArguments {
    private static final int NAMED = 5;

    private final ToolManager tools;

    @Inject
    KnownArguments(ToolManager tools) {
        this.tools = tools;
    }

    /** @param call a {@code tools/call}, whose tool is known */
    void check(RawMessage call) {
        JsonObject params = call.asJsonObject().getJsonObject("params");
        ToolInfo tool = tools.getTool(params.getString("name"));
        List<String> known = tool.arguments().stream().map(ToolArgument::name).toList();
        Set<String> given = params.getJsonObject("arguments", new JsonObject()).fieldNames();
        List<String> unknown = given.stream()
                .filter(name -> !known.contains(name))
                .limit(NAMED)
                .toList();
        if (!unknown.isEmpty()) {
            throw new BadParameter(
                    Text.plain(String.join(", ", unknown), 200),
                    tool.name() + " has no such argument; it takes " + String.join(", ", known));
        }
    }
}
