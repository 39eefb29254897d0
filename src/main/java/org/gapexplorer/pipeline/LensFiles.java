package org.gapexplorer.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gapexplorer.lens.Lens;
import org.gapexplorer.lens.Sae;
import org.gapexplorer.lens.SaeFile;
import org.gapexplorer.lens.SaeFit;
import org.gapexplorer.model.OnnxGraph;
import org.gapexplorer.model.OnnxSession;
import org.gapexplorer.model.Residual;
import org.gapexplorer.model.TextTokenizer;
import org.gapexplorer.run.Provenance;
import org.gapexplorer.run.RunFolder;
import org.gapexplorer.study.Lens.Counting;

/**
 * A study's lens, opened.
 *
 * @param key see {@link #key(org.gapexplorer.study.Lens, Inputs, OnnxSession.Settings)}
 * @param tensor the residual tensor it reads
 */
record LensFiles(Lens lens, TextTokenizer tokenizer, Counting counting, String tensor, String key)
        implements AutoCloseable {

    static LensFiles open(org.gapexplorer.study.Lens study, Inputs inputs, OnnxSession.Settings session) {
        TextTokenizer tokenizer = LensText.tokenizer(study, inputs);
        try {
            OnnxGraph model = OnnxGraph.load(
                    inputs.path(study.model()),
                    study.modelData().stream().map(inputs::path).toList());
            String tensor = study.tensor() == null
                    ? Residual.after(model, study.architecture(), study.layer())
                    : Residual.named(model, study.tensor());
            Sae sae = SaeFile.read(inputs.path(study.sae()), study.saeSettings());
            SaeFit.require(sae, study);
            Lens lens = Lens.open(model, tensor, sae, tokenizer, study.maxTokens(), session);
            return new LensFiles(lens, tokenizer, study.tokens(), tensor, key(study, inputs, session));
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Changes with anything that changes what the lens sees; known without opening it. */
    static String key(org.gapexplorer.study.Lens study, Inputs inputs, OnnxSession.Settings session) {
        return Steps.key(
                inputs.hash(study.model(), study.modelData()),
                inputs.hash(study.tokenizer()),
                inputs.hash(study.sae()),
                study.saeSettings(),
                LensText.key(study, inputs),
                study.architecture(),
                study.layer(),
                study.tensor(),
                study.maxTokens(),
                study.tokens(),
                session.device());
    }

    /** The part of an item's prompt that counts; null for all of it. */
    int[] counted(RunFolder.Item item) {
        return counting == Counting.ALL ? null : item.own();
    }

    Provenance.LensUsed used(org.gapexplorer.study.Lens study, int live) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("architecture", lens.sae().config().architecture().toString());
        facts.put("width", String.valueOf(lens.sae().config().dIn()));
        facts.putAll(lens.sae().config().origin());
        return new Provenance.LensUsed(
                study.id(),
                study.title(),
                study.licence(),
                study.model().uri(),
                study.layer() >= 0 ? "after block " + study.layer() + " (" + tensor + ")" : tensor,
                lens.concepts(),
                live,
                facts);
    }

    @Override
    public void close() {
        lens.close();
        tokenizer.close();
    }
}
