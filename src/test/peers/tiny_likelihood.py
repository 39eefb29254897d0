"""Makes src/test/resources/peers/likelihood: a random decoder of one block, and what lm-evaluation-harness makes of a few
items with it.

Needs: torch, transformers (4.57), optimum-onnx, onnx for the model; lm-eval for the expectations.
Run:   python src/test/peers/tiny_likelihood.py OUT model
       python src/test/peers/tiny_likelihood.py OUT expect

The tokenizer begins every text with <s>. whole.json is the usual context; cut.json has a window of 24 tokens, a context that
ends in a space, and no delimiter.
"""
import json, pathlib, shutil, subprocess, sys, tempfile
sys.path.insert(0, str(pathlib.Path(__file__).parent))

ITEMS = [
    ("What does the grey cat watch?", ["the river", "three apples", "a train that leaves at 10:45"], 0),
    ("Four and three are", ["7", "77", "seven", "sieben 😀", "7 or eight"], 0),
    ("Wer mahlt das Korn?", ["der Müller", "der Bäcker"], 0),
    ("Does water boil at a hundred degrees, and does ice melt at none, as everybody who ever cooked will say?\n"
     "Think of stones and of the river before you answer.", ["yes", "no", "no, never"], 0),
    ("Say it twice", ["bread", "bread"], 1),
    ("def add(a, b):\n    return", ["a + b", "a + a", " a"], 0),
]


def model(out: pathlib.Path) -> None:
    import onnx, torch
    from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
    import tiny_decoders as tiny
    trained = tiny.sentence_piece()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=trained, bos_token="<s>", eos_token="</s>", unk_token="<unk>")
    torch.manual_seed(11)
    config = tiny.config("llama", "tiny", len(tokenizer))
    config.num_hidden_layers, config.bos_token_id, config.eos_token_id = 1, 1, 2
    decoder = AutoModelForCausalLM.from_config(config).float().eval()
    hf = out / "hf"
    decoder.save_pretrained(hf)
    tokenizer.save_pretrained(hf)
    shutil.copy(hf / "tokenizer.json", out / "tokenizer.json")
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        tiny.optimum_export(hf, work / "optimum", "text-generation")
        tiny.nameless(work / "optimum", work / "short")
        onnx.save_model(onnx.load(work / "short/model.onnx"), out / "model.onnx")


def expect(out: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        items = pathlib.Path(scratch) / "items.jsonl"
        items.write_text("".join(json.dumps({"id": str(i), "question": q, "choices": c, "answer": a}) + "\n"
                                 for i, (q, c, a) in enumerate(ITEMS)))
        ask = [sys.executable, str(pathlib.Path(__file__).parent / "lm_eval_likelihood.py"), str(out / "hf")]
        subprocess.run(ask + [str(out / "whole.json"), str(items)], check=True)
        subprocess.run(ask + [str(out / "cut.json"), str(items), "--max-length", "24", "--delimiter", "",
                              "--context", "{question} So: "], check=True)
    shutil.rmtree(out / "hf")


if __name__ == "__main__":
    at = pathlib.Path(sys.argv[1])
    at.mkdir(parents=True, exist_ok=True)
    {"model": model, "expect": expect}[sys.argv[2]](at)
