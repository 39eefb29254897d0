"""Makes the Inspect logs in src/test/resources/peers/inspect: the twelve items of quiz.py in two epochs, answered by
Inspect's own mock model, scored by a scorer that gives letters (C and I), one that gives a dict and one that leaves items
unscored. Written as .eval (zstd), with the means that Inspect computed beside it.

Needs inspect-ai (made with 0.3.285). Run
  python inspect_logs.py OUT
"""
import json
import os
import random
import sys
import tempfile
from pathlib import Path

from inspect_ai import Task, eval as run_eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.log import read_eval_log, write_eval_log
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from inspect_ai.scorer import Score, Scorer, Target, accuracy, match, mean, scorer, stderr
from inspect_ai.solver import TaskState, generate

from quiz import ITEMS


@scorer(metrics={"exact": [mean()], "length": [mean()]})
def parts() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        said = state.output.completion
        return Score(value={"exact": float(said == target.text), "length": min(1.0, len(said) / 10)}, answer=said)
    return score


@scorer(metrics=[mean()])
def sometimes() -> Scorer:
    async def score(state: TaskState, target: Target) -> Score:
        said = state.output.completion
        return Score.unscored() if state.sample_id in ("q-sum", "q-bee") else Score(value=0.25 if said == target.text else 0.75)
    return score


def outputs() -> list[ModelOutput]:
    rng = random.Random(7)
    said = []
    for _ in range(2 * len(ITEMS)):
        said.append(rng.choice(["lol", "lol", "42", "ice", "three"]))
    made = [ModelOutput.from_content("mockllm/model", text) for text in said]
    for output in made:
        output.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)  # or a tokenizer would be fetched
    return made


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        task = Task(
            name="quiz",
            dataset=MemoryDataset(
                [Sample(id=i["id"], input=i["question"], target=i["answer"], choices=i["choices"]) for i in ITEMS], name="quiz"),
            solver=generate(), scorer=[match(location="exact"), parts(), sometimes()], epochs=2)
        log = run_eval(
            task, model=get_model("mockllm/model", custom_outputs=outputs()), log_dir=scratch, display="none",
            max_connections=1, max_samples=1, log_format="json")[0]
        log = read_eval_log(log.location)
        for sample in log.samples:  # long, and nothing in them is read
            sample.events.clear()
            sample.attachments.clear()
        write_eval_log(log, str(out / "quiz.eval"))
        means = {s.name: {name: metric.value for name, metric in s.metrics.items()} for s in log.results.scores}
        (out / "results.json").write_text(json.dumps(means, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
