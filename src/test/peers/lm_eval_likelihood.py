"""Has lm-evaluation-harness answer multiple choice by log-likelihood, and writes each item's sums, acc and acc_norm.

Needs: lm-eval (made with 0.4.13), torch, transformers.
Run:   python src/test/peers/lm_eval_likelihood.py MODEL/hf OUT.json --items 60 index/suite/logic.jsonl ...
Then:  GAPX_LIKELIHOOD=MODEL GAPX_LIKELIHOOD_EXPECTED=OUT.json mvn test -Dtest=LikelihoodPeersTest
where MODEL holds model.onnx and tokenizer.json, the export of MODEL/hf.

The items of the given files (id, question, choices, answer) are written into OUT.json too, so that the test reads the very
same ones. --context and --delimiter are lm-eval's doc_to_text and target_delimiter; --max-length is its max_length.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TASK = """
task: likelihood_%(number)d
dataset_path: json
dataset_kwargs: {data_files: {test: %(data)s}}
test_split: test
output_type: multiple_choice
doc_to_text: %(context)s
doc_to_target: answer
doc_to_choice: choices
target_delimiter: %(delimiter)s
metric_list:
  - {metric: acc, aggregation: mean, higher_is_better: true}
  - {metric: acc_norm, aggregation: mean, higher_is_better: true}
metadata: {version: 1.0}
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--items", type=int, default=60)
    parser.add_argument("--context", default="Question: {question}\nAnswer:")
    parser.add_argument("--delimiter", default=" ")
    parser.add_argument("--max-length", type=int)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        tasks = []
        for number, file in enumerate(args.files):
            items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[: args.items]]
            data = work / f"{number}.jsonl"
            keys = ("id", "question", "choices", "answer")
            data.write_text("".join(json.dumps({k: i[k] for k in keys}) + "\n" for i in items), encoding="utf-8")
            context = json.dumps(args.context.replace("{question}", "{{question}}"))
            (work / f"{number}.yaml").write_text(TASK % {
                "number": number, "data": data, "context": context, "delimiter": json.dumps(args.delimiter)})
            tasks.append(f"likelihood_{number}")
        settings = f"pretrained={args.model},dtype=float32"
        if args.max_length:
            settings += f",max_length={args.max_length}"
        subprocess.run(
            [sys.executable, "-m", "lm_eval", "--model", "hf", "--model_args", settings, "--device", "cpu",
             "--batch_size", "8", "--tasks", ",".join(tasks), "--include_path", scratch, "--log_samples",
             "--output_path", str(work / "out"), "--seed", "1,1,1"],
            check=True, env=os.environ | {"HF_HOME": str(work / "hf"), "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1"})
        answers = []
        for number, file in enumerate(args.files):
            samples = next((work / "out").rglob(f"samples_likelihood_{number}_*.jsonl"))
            for line in samples.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                answers.append(row["doc"] | {
                    "benchmark": file.stem, "sums": [float(r[0][0]) for r in row["resps"]],
                    "acc": row["acc"], "acc_norm": row["acc_norm"]})
        args.out.write_text(json.dumps({
            "context": args.context, "delimiter": args.delimiter, "max_length": args.max_length, "items": answers},
            ensure_ascii=False, indent=None).replace('{"id"', '\n{"id"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
