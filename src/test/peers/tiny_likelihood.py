"""Makes src/test/resources/peers/likelihood: random decoders of one block, and what lm-evaluation-harness makes of a few
items with them.

Needs: torch, transformers (4.57), optimum-onnx, onnx, onnxruntime, onnxruntime-genai for the models; lm-eval for the
expectations.
Run:   python src/test/peers/tiny_likelihood.py OUT model
       python src/test/peers/tiny_likelihood.py OUT kinds
       python src/test/peers/tiny_likelihood.py OUT expect

model makes a Llama whose tokenizer begins every text with <s>, in OUT itself. kinds makes OUT/gpt2 (learned positions, a
tokenizer that adds nothing), OUT/genai (onnxruntime-genai: caches of keys and values as inputs; a Llama of one head, because
its attention wants heads of 16), and of the first Llama OUT/fp16 and OUT/int8. whole.json is the usual context; cut.json has a window of 24 tokens, a context that ends in a space, and no
delimiter. The harness computes in float32 in every case.
"""
import gzip, json, pathlib, shutil, subprocess, sys, tempfile
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


def llama(out: pathlib.Path, heads: int = 2, head: int = 4):
    """The same whenever it is called."""
    import torch
    from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast
    import tiny_decoders as tiny
    trained = tiny.sentence_piece()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=trained, bos_token="<s>", eos_token="</s>", unk_token="<unk>")
    torch.manual_seed(11)
    config = tiny.config("llama", "tiny", len(tokenizer))
    config.num_hidden_layers, config.bos_token_id, config.eos_token_id = 1, 1, 2
    config.num_attention_heads, config.num_key_value_heads, config.head_dim = heads, 1, head
    decoder = AutoModelForCausalLM.from_config(config).float().eval()
    saved(decoder, tokenizer, out)
    return decoder


def gpt2(out: pathlib.Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM
    import tiny_decoders as tiny
    tokenizer = tiny.tokenizer_for("gpt2")
    torch.manual_seed(13)
    config = tiny.config("gpt2", "tiny", len(tokenizer))
    config.n_layer, config.bos_token_id, config.eos_token_id = 1, tokenizer.bos_token_id, tokenizer.eos_token_id
    saved(AutoModelForCausalLM.from_config(config).float().eval(), tokenizer, out)


def saved(decoder, tokenizer, out: pathlib.Path) -> None:
    decoder.save_pretrained(out / "hf")
    tokenizer.save_pretrained(out / "hf")
    shutil.copy(out / "hf/tokenizer.json", out / "tokenizer.json")


def optimum(hf: pathlib.Path, out: pathlib.Path) -> None:
    import onnx
    import tiny_decoders as tiny
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        tiny.optimum_export(hf, work / "optimum", "text-generation")
        tiny.nameless(work / "optimum", work / "short")
        onnx.save_model(onnx.load(work / "short/model.onnx"), out / "model.onnx")


def model(out: pathlib.Path) -> None:
    llama(out)
    optimum(out / "hf", out)


def kinds(out: pathlib.Path) -> None:
    import onnx, torch
    import tiny_decoders as tiny
    for kind in ("gpt2", "genai", "fp16", "int8"):
        (out / kind).mkdir(exist_ok=True)
    gpt2(out / "gpt2")
    optimum(out / "gpt2/hf", out / "gpt2")
    with tempfile.TemporaryDirectory() as scratch:
        work = pathlib.Path(scratch)
        llama(out / "genai", heads=1, head=16)
        (out / "genai/tokenizer.json").unlink()  # the same as the first one's
        tiny.genai(out / "genai/hf", work / "genai", "fp32")
        decoder = llama(work)
        tiny.half(decoder, work / "fp16", torch.float16)
        tiny.optimum_export(work / "hf", work / "optimum", "text-generation")
        tiny.int8(work / "optimum", work / "int8")
        for kind in ("genai", "fp16", "int8"):
            onnx.save_model(onnx.load(work / kind / "model.onnx"), out / kind / "model.onnx")
    for kind in ("gpt2", "genai", "fp16", "int8"):
        bare = out / kind / "model.onnx"
        bare.with_suffix(".onnx.gz").write_bytes(gzip.compress(bare.read_bytes(), mtime=0))
        bare.unlink()


def expect(out: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        items = pathlib.Path(scratch) / "items.jsonl"
        items.write_text("".join(json.dumps({"id": str(i), "question": q, "choices": c, "answer": a}) + "\n"
                                 for i, (q, c, a) in enumerate(ITEMS)))
        for hf in sorted(out.rglob("hf")):
            to = hf.parent
            ask = [sys.executable, str(pathlib.Path(__file__).parent / "lm_eval_likelihood.py"), str(hf)]
            subprocess.run(ask + [str(to / "whole.json"), str(items)], check=True)
            subprocess.run(ask + [str(to / "cut.json"), str(items), "--max-length", "24", "--delimiter", "",
                                  "--context", "{question} So: "], check=True)
            shutil.rmtree(hf)


if __name__ == "__main__":
    at = pathlib.Path(sys.argv[1])
    at.mkdir(parents=True, exist_ok=True)
    {"model": model, "kinds": kinds, "expect": expect}[sys.argv[2]](at)
