package org.gapexplorer.pipeline;

import java.util.List;
import java.util.function.Function;
import org.gapexplorer.lens.CountedText;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.model.chat.ChatTemplate;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.source.Sources;
import org.gapexplorer.study.Lens;
import org.gapexplorer.study.Progress;
import org.gapexplorer.study.PromptTemplate;
import org.gapexplorer.study.Study;
import org.gapexplorer.train.SaeTraining;
import org.gapexplorer.train.Subject;

/** Trains an SAE on the model that a study's lens reads, on prompts made as the study makes them. */
public final class LensTraining {
    private LensTraining() {}

    /**
     * Trains, writes and measures.
     *
     * @param name of the model, for the configuration and the card
     * @return one line on what was reached
     */
    public static String run(
            Study study, String name, StudyRun.Settings settings, SaeTraining.Options options, Progress progress) {
        var inputs =
                new Inputs(new Sources(study.file().getParent(), Sources.defaultCache(), settings.mirror()), progress);
        Lens lens = study.lens();
        OnnxGraph model = OnnxGraph.load(
                inputs.path(lens.model()),
                lens.modelData().stream().map(inputs::path).toList());
        List<String> suite = Items.read(study, inputs).stream()
                .map(RunFolder.Item::question)
                .distinct()
                .toList();
        try (TextTokenizer tokenizer = LensText.tokenizer(lens, inputs)) {
            return SaeTraining.run(
                    options,
                    new Subject(
                            name,
                            lens.licence(),
                            model,
                            lens.tensor() == null
                                    ? Residual.after(model, lens.architecture(), options.layer())
                                    : Residual.named(model, lens.tensor()),
                            lens.tensor() != null,
                            key(lens, inputs),
                            tokenizer,
                            prompt(LensText.chat(lens, inputs)),
                            suite),
                    progress);
        }
    }

    private static String key(Lens lens, Inputs inputs) {
        return Steps.key(
                inputs.hash(lens.model(), lens.modelData()), inputs.hash(lens.tokenizer()), LensText.key(lens, inputs));
    }

    private static Function<String, CountedText> prompt(ChatTemplate chat) {
        if (chat == null) {
            return CountedText::all;
        }
        return text -> {
            PromptTemplate.Prompt prompt = chat.apply(new PromptTemplate.Prompt(text, new int[] {0, text.length()}));
            return new CountedText(prompt.text(), prompt.own());
        };
    }
}
