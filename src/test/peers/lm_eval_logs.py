"""Makes the lm-evaluation-harness logs in src/test/resources/peers/lm-eval: the twelve items of quiz.py, answered by a
model that guesses (from a hash of the question), as multiple choice (acc, acc_norm) and as free answers under two filters.

Needs lm-eval (made with 0.4.13, 0.4.4 and 0.4.2; an older one is put before the newer by PYTHONPATH). Run
  python lm_eval_logs.py OUT/0.4.13
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from quiz import ITEMS

CHOICE = """
task: quiz_choice
dataset_path: json
dataset_kwargs: {data_files: {test: %(data)s}}
test_split: test
output_type: multiple_choice
doc_to_text: "Question: {{question}}\\nAnswer:"
doc_to_target: gold
doc_to_choice: choices
metric_list:
  - {metric: acc, aggregation: mean, higher_is_better: true}
  - {metric: acc_norm, aggregation: mean, higher_is_better: true}
metadata: {version: 1.0}
"""

FREE = """
task: quiz_free
dataset_path: json
dataset_kwargs: {data_files: {test: %(data)s}}
test_split: test
output_type: generate_until
doc_to_text: "Question: {{question}}\\nAnswer:"
doc_to_target: answer
generation_kwargs: {until: ["\\n"], do_sample: false}
metric_list:
  - {metric: !function quiz_metric.exact_match, aggregation: mean, higher_is_better: true}
filter_list:
  - name: strict-match
    filter:
      - {function: regex, regex_pattern: "The answer is (\\\\w+)"}
      - {function: take_first}
  - name: flexible-extract
    filter:
      - {function: regex, regex_pattern: "(?:The answer is )?(\\\\w+)"}
      - {function: take_first}
metadata: {version: 1.0}
"""

# 0.4.2 would fetch its own exact_match from a hub
METRIC = """
def exact_match(references, predictions):
    return float(references[0] == predictions[0])
"""


def guess(text: str) -> float:
    """A number in [0, 1) that depends on the text alone."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def answer() -> None:
    """Runs the harness's command line with the guessing model."""
    import evaluate

    evaluate.load = lambda name: None  # 0.4.2 fetches a metric when it is imported; it is not used here
    from lm_eval.__main__ import cli_evaluate
    from lm_eval.api.model import LM
    from lm_eval.api.registry import register_model

    @register_model("guesser")
    class Guesser(LM):
        def __init__(self, **settings):
            super().__init__()

        @classmethod
        def create_from_arg_string(cls, arg_string, additional_config=None):
            return cls()

        def loglikelihood(self, requests, disable_tqdm=False):
            return [(-10 * guess("+".join(r.args)), False) for r in requests]

        def generate_until(self, requests, disable_tqdm=False):
            return [self.say(r.args[0]) for r in requests]

        def say(self, prompt):
            item = next(i for i in ITEMS if i["question"] in prompt)
            said = item["answer"] if guess(prompt) < 0.6 else "nothing"
            return f"The answer is {said}" if guess(prompt + "!") < 0.6 else said

        def loglikelihood_rolling(self, requests, disable_tqdm=False):
            raise NotImplementedError

    cli_evaluate()


def main(out: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        data = work / "quiz.jsonl"
        data.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in ITEMS), encoding="utf-8")
        (work / "choice.yaml").write_text(CHOICE % {"data": data})
        (work / "free.yaml").write_text(FREE % {"data": data})
        (work / "quiz_metric.py").write_text(METRIC)
        subprocess.run(
            [sys.executable, __file__, "--model", "guesser", "--tasks", "quiz_choice,quiz_free", "--include_path", scratch,
             "--log_samples", "--output_path", str(work / "out"), "--seed", "1,1,1"],
            check=True, env=os.environ | {"HF_HOME": str(work / "hf"), "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1"})
        out.mkdir(parents=True, exist_ok=True)
        for file in sorted((work / "out").rglob("*.json*")):
            name = re.sub(r"_\d{4}-\d{2}-\d{2}T[\d-]+\.\d+", "", file.name)
            if name.startswith("results"):
                results = json.loads(file.read_text())
                kept = {k: results[k] for k in ("results", "higher_is_better", "n-samples", "versions") if k in results}
                (out / name).write_text(json.dumps(kept, indent=1) + "\n")
            else:
                shutil.copy(file, out / name)


if __name__ == "__main__":
    if sys.argv[1].startswith("--"):
        answer()
    else:
        main(Path(sys.argv[1]))
