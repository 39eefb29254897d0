package org.gapexplorer.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.gapexplorer.model.chat.ChatTemplate;
import org.gapexplorer.run.Datasets;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Benchmark;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.Study;

/** A study's datapoints, before a lens has counted their tokens. */
final class Items {
    private Items() {}

    static List<RunFolder.Item> read(Study study, Inputs inputs) {
        var items = new ArrayList<RunFolder.Item>();
        ChatTemplate chat = LensText.chat(study.lens(), inputs);
        try (var queries = new Datasets.Reader()) {
            for (Benchmark benchmark : study.benchmarks()) {
                String where = study.file() + ", benchmark " + benchmark.id();
                List<Datasets.Datapoint> rows =
                        queries.datapoints(where, benchmark.sql(), inputs.paths(benchmark.files()));
                for (int i = 0; i < rows.size(); i++) {
                    items.add(item(benchmark, chat, i, rows.get(i)));
                }
            }
        }
        return items;
    }

    private static RunFolder.Item item(Benchmark benchmark, ChatTemplate chat, int ordinal, Datasets.Datapoint row) {
        PromptTemplate.Prompt own = benchmark.template().render(row.question(), row.choices());
        PromptTemplate.Prompt prompt = chat == null ? own : chat.apply(own);
        return new RunFolder.Item(
                benchmark.id(),
                row.item(),
                ordinal,
                row.question(),
                prompt.text(),
                prompt.own(),
                row.choices(),
                row.answer(),
                row.category(),
                0,
                false);
    }
}
