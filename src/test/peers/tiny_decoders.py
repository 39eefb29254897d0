"""Makes tiny random decoders of each architecture, exports them to ONNX in every way users do, and writes what PyTorch
computes, for DecoderPeersTest to compare with.

Needs: torch, transformers (4.57), optimum-onnx, onnxruntime, onnxscript, tokenizers; onnxruntime-genai if it is there.
Run:   python src/test/peers/tiny_decoders.py FOLDER [ARCHITECTURE ...] [--size tiny|small]
       python src/test/peers/tiny_decoders.py FOLDER [ARCHITECTURE ...] --only legacy,legacy_past     (with transformers 5)
       python src/test/peers/decoder_saes.py FOLDER/ARCHITECTURE ...                                  (with sae-lens)
Then:  GAPX_TINY_DECODERS=FOLDER mvn test -Dtest=DecoderPeersTest,DecoderLensTest

Weights are random, from a seed. Below FOLDER each architecture has hf/ (transformers' own files), tokenizer.json,
expected.json (token ids, and the residual stream after every block, as transformers computes it in float32 with the
weights' own values) and VARIANT/model.onnx. With --only a model that is there is read, and exports of it are added: Optimum needs
transformers 4, and torch.onnx's older exporter, called by itself, can trace the masks of transformers 5 alone.
"""
import argparse, base64, json, os, pathlib, shutil, subprocess, sys, traceback, warnings
os.environ.setdefault("OMP_NUM_THREADS", "1")
warnings.filterwarnings("ignore")
import torch, transformers
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, decoders, trainers, processors
from transformers import (AutoModelForCausalLM, DynamicCache, GemmaConfig, Gemma2Config, GPT2Config, GPTNeoXConfig, LlamaConfig,
                          MistralConfig, PreTrainedTokenizerFast, Qwen2Config, Qwen3Config)

CORPUS = [
    "The grey cat sat on the warm stones and watched the river go by.",
    "How many apples are left when three of the seven are eaten? Four, of course!",
    "A train leaves at 10:45 and arrives at 12:05; it needs eighty minutes.",
    "def add(a, b):\n    return a + b\n",
    "Der Müller mahlt das Korn, und der Bäcker bäckt das Brot.",
    "Water boils at a hundred degrees; ice melts at none.",
] * 4
TEXTS = ["The cat eats three apples.", "A train of stones, eighty degrees warm, needs the river at 12:05!", "Brot", "how many words are left in the bread of the baker when the train arrives?"]

SIZES = {"tiny": dict(width=8, heads=2, inner=16, blocks=3), "small": dict(width=64, heads=4, inner=96, blocks=3)}


def byte_level():
    t = Tokenizer(models.BPE())
    t.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(
        vocab_size=320, special_tokens=["<|begin|>", "<|end|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    return t


def sentence_piece():
    t = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True))
    t.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    t.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    special = ["<unk>", "<s>", "</s>"] + [f"<0x{b:02X}>" for b in range(256)]
    t.train_from_iterator(CORPUS, trainers.BpeTrainer(vocab_size=360, special_tokens=special[:3]))
    state = json.loads(t.to_str())
    vocab = state["model"]["vocab"]
    for piece in special[3:]:
        vocab.setdefault(piece, len(vocab))
    t = Tokenizer.from_str(json.dumps(state))
    t.post_processor = processors.TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    return t


def config(name, size, vocab):
    s = SIZES[size]
    common = dict(vocab_size=vocab, hidden_size=s["width"], num_hidden_layers=s["blocks"], num_attention_heads=s["heads"],
                  intermediate_size=s["inner"], max_position_embeddings=128, initializer_range=0.3)
    grouped = dict(num_key_value_heads=s["heads"] // 2)
    head = dict(head_dim=s["width"] // s["heads"])
    return {
        "llama": lambda: LlamaConfig(**common, **grouped, tie_word_embeddings=False),
        "gemma": lambda: GemmaConfig(**common, **grouped, **head),
        "gemma2": lambda: Gemma2Config(**common, **grouped, **head, query_pre_attn_scalar=8, sliding_window=8),
        "mistral": lambda: MistralConfig(**common, **grouped, sliding_window=8),
        "qwen2": lambda: Qwen2Config(**common, **grouped),
        "qwen3": lambda: Qwen3Config(**common, **grouped, **head),
        "gpt2": lambda: GPT2Config(vocab_size=vocab, n_embd=s["width"], n_layer=s["blocks"], n_head=s["heads"],
                                   n_inner=s["inner"], n_positions=128, initializer_range=0.3),
        "gpt_neox": lambda: GPTNeoXConfig(**common, use_parallel_residual=True),
        "gpt_neox_sequential": lambda: GPTNeoXConfig(**common, use_parallel_residual=False),
    }[name]()


ARCHITECTURES = ["llama", "gemma", "gemma2", "mistral", "qwen2", "qwen3", "gpt2", "gpt_neox", "gpt_neox_sequential"]


def blocks_of(model):
    for path in ("model.layers", "transformer.h", "gpt_neox.layers"):
        at = model
        for part in path.split("."):
            at = getattr(at, part, None)
        if at is not None:
            return at


def residuals(model, ids):
    """[blocks][tokens * width] after each block, before any final norm."""
    rows, hooks = [], []
    for block in blocks_of(model):
        hooks.append(block.register_forward_hook(
            lambda m, i, o: rows.append((o[0] if isinstance(o, tuple) else o)[0].float())))
    with torch.no_grad():
        model(torch.tensor([ids]))
    [h.remove() for h in hooks]
    return [base64.b64encode(r.numpy().astype("<f4").tobytes()).decode() for r in rows]


def expectation(model, tokenizer, texts):
    out = []
    for text in texts:
        ids = tokenizer(text).input_ids
        out.append({"text": text, "ids": ids, "residuals": residuals(model, ids)})
    return out


class Plain(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).logits


class Bare(torch.nn.Module):
    """A decoder exported with token ids alone."""
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids):
        return self.model(input_ids=input_ids, use_cache=False).logits


def torch_export(model, folder, masked=True):
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[5, 6, 7, 8, 9, 10, 11], [5, 6, 7, 8, 9, 10, 12]])
    mask = torch.ones_like(ids)
    mask[1, -2:] = 0
    args, names = ((ids, mask), ["input_ids", "attention_mask"]) if masked else ((ids,), ["input_ids"])
    model = Plain(model) if masked else Bare(model)
    batch, length = torch.export.Dim("batch", min=1, max=64), torch.export.Dim("length", min=2, max=128)
    torch.onnx.export(model, args, str(folder / "model.onnx"), dynamo=True, input_names=names, output_names=["logits"],
                      dynamic_shapes=tuple({0: batch, 1: length} for _ in names), external_data=False, verbose=False)
    without_traces(folder)


def without_traces(folder):
    """torch.onnx writes beside every node where in which file it was made: paths of this machine, and most of a tiny model's bytes."""
    import onnx
    model = onnx.load(str(folder / "model.onnx"))
    for graph in (model.graph, *model.functions):
        for node in graph.node:
            del node.metadata_props[:]
            node.doc_string = ""
        del graph.metadata_props[:]
    onnx.save_model(model, str(folder / "model.onnx"))


class Cached(torch.nn.Module):
    """A decoder that takes and gives a cache of keys and values, two tensors a block."""
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, *past):
        cache = DynamicCache()
        for block in range(len(past) // 2):
            cache.update(past[2 * block], past[2 * block + 1], block)
        out = self.model(input_ids=input_ids, attention_mask=attention_mask, past_key_values=cache, use_cache=True)
        return out.logits, *(t for layer in out.past_key_values.layers for t in (layer.keys, layer.values))


def with_cache(model):
    """Arguments of a call with four cached tokens, and the names of all inputs and outputs."""
    cfg = model.config
    heads = getattr(cfg, "num_key_value_heads", None) or cfg.num_attention_heads
    head = getattr(cfg, "head_dim", None) or cfg.hidden_size // cfg.num_attention_heads
    ids = torch.tensor([[5, 6, 7, 8, 9, 10, 11], [5, 6, 7, 8, 9, 10, 12]])
    past = tuple(torch.randn(2, heads, 4, head, dtype=model.dtype) for _ in range(2 * cfg.num_hidden_layers))
    ends = [f"{block}.{part}" for block in range(cfg.num_hidden_layers) for part in ("key", "value")]
    names = ["input_ids", "attention_mask"] + ["past_key_values." + end for end in ends]
    return (ids, torch.ones(2, 11, dtype=torch.long), *past), names, ["logits"] + ["present." + end for end in ends]


def torch_export_past(model, folder):
    """torch.onnx's newer exporter, with inputs for a cache."""
    folder.mkdir(parents=True, exist_ok=True)
    args, inputs, outputs = with_cache(model)
    dim = torch.export.Dim.DYNAMIC
    past = tuple({0: dim, 2: dim} for _ in inputs[2:])
    torch.onnx.export(Cached(model), args, str(folder / "model.onnx"), dynamo=True, input_names=inputs, output_names=outputs,
                      dynamic_shapes=({0: dim, 1: dim}, {0: dim, 1: dim}, past), external_data=False, verbose=False)
    without_traces(folder)


def legacy_export(model, folder, past=False):
    """torch.onnx's older exporter (TorchScript), called by itself; transformers' masks can be traced from version 5 on."""
    folder.mkdir(parents=True, exist_ok=True)
    if past:
        args, inputs, outputs = with_cache(model)
        axes = {name: {0: "batch", 2: "past_length"} for name in inputs[2:]}
        axes["attention_mask"] = {0: "batch", 1: "total_length"}
    else:
        args, inputs, outputs = with_cache(model)[0][:1], ["input_ids", "attention_mask"], ["logits"]
        args += (torch.ones_like(args[0]),)
        axes = {"attention_mask": {0: "batch", 1: "length"}}
    axes["input_ids"] = axes["logits"] = {0: "batch", 1: "length"}
    torch.onnx.export((Cached if past else Plain)(model), args, str(folder / "model.onnx"), dynamo=False, input_names=inputs,
                      output_names=outputs, dynamic_axes=axes, opset_version=17)


def optimum_export(hf, folder, task, *more):
    run = subprocess.run([sys.executable, "-m", "optimum.exporters.onnx", "--model", str(hf), "--task", task, *more, str(folder)],
                         capture_output=True, text=True)
    if not (folder / "model.onnx").exists():
        raise RuntimeError(run.stderr[-1500:])
    for file in folder.iterdir():
        if not file.name.startswith("model.onnx"):
            file.unlink() if file.is_file() else shutil.rmtree(file)


def half(model, folder, dtype, export=torch_export):
    import copy
    export(copy.deepcopy(model).to(dtype), folder)


def half_converted(source, folder):
    """A float32 export whose graph is turned into float16, as onnxruntime's optimiser and onnxconverter-common do."""
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save_model(convert_float_to_float16(onnx.load(str(source / "model.onnx")), keep_io_types=True), str(folder / "model.onnx"))


def int8(source, folder):
    from onnxruntime.quantization import quantize_dynamic, QuantType
    folder.mkdir(parents=True, exist_ok=True)
    quantize_dynamic(str(source / "model.onnx"), str(folder / "model.onnx"), weight_type=QuantType.QInt8)


def nbits(source, folder):
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
    folder.mkdir(parents=True, exist_ok=True)
    q = MatMulNBitsQuantizer(onnx.load(str(source / "model.onnx")), bits=8, block_size=16, is_symmetric=True)
    q.process()
    q.model.save_model_to_file(str(folder / "model.onnx"))


def external(source, folder, many):
    import onnx
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save_model(onnx.load(str(source / "model.onnx")), str(folder / "model.onnx"), save_as_external_data=True,
                    all_tensors_to_one_file=not many, location=None if many else "model.onnx_data", size_threshold=64)


def nameless(source, folder):
    """Every node and inner tensor renamed, as simplifiers and some converters do."""
    import onnx
    folder.mkdir(parents=True, exist_ok=True)
    model = onnx.load(str(source / "model.onnx"))
    keep = {x.name for x in list(model.graph.input) + list(model.graph.output)}
    names = {}
    def new(name):
        return name if name in keep or not name else names.setdefault(name, f"t{len(names)}")
    for weight in model.graph.initializer:
        weight.name = new(weight.name)
    for node in model.graph.node:
        node.name = ""
        node.input[:] = [new(n) for n in node.input]
        node.output[:] = [new(n) for n in node.output]
    del model.graph.value_info[:]
    onnx.save_model(model, str(folder / "model.onnx"))


def merged(source, past, folder):
    """One graph with a branch for the first tokens and one for the following, as older releases of Optimum write it."""
    import onnx
    from onnx import helper, TensorProto
    folder.mkdir(parents=True, exist_ok=True)
    first, later = onnx.load(str(source / "model.onnx")), onnx.load(str(past / "model.onnx"))
    weights = {w.name: w for m in (first, later) for w in m.graph.initializer}
    inputs = {i.name: i for m in (first, later) for i in m.graph.input}
    def branch(model, name):
        logits = helper.make_tensor_value_info(name + "_logits", TensorProto.FLOAT, None)
        nodes = list(model.graph.node) + [helper.make_node("Identity", ["logits"], [name + "_logits"])]
        return helper.make_graph(nodes, name, [], [logits])
    choice = helper.make_node("If", ["use_cache_branch"], ["logits"], then_branch=branch(later, "later"), else_branch=branch(first, "first"))
    flag = helper.make_tensor_value_info("use_cache_branch", TensorProto.BOOL, [1])
    graph = helper.make_graph([choice], "merged", list(inputs.values()) + [flag],
                              [helper.make_tensor_value_info("logits", TensorProto.FLOAT, None)], list(weights.values()))
    onnx.save_model(helper.make_model(graph, opset_imports=first.opset_import, ir_version=first.ir_version), str(folder / "model.onnx"))


def genai(hf, folder, precision):
    run = subprocess.run([os.environ.get("GENAI_PYTHON", sys.executable), "-m", "onnxruntime_genai.models.builder", "-i", str(hf), "-o", str(folder), "-p", precision,
                          "-e", "cpu", "-c", str(folder.parent / "cache")], capture_output=True, text=True)
    if not (folder / "model.onnx").exists():
        raise RuntimeError(run.stdout[-500:] + run.stderr[-1500:])


def attempt(name, made, make):
    try:
        make()
        made.append(name)
        print("  made", name, flush=True)
    except Exception as e:  # an exporter that cannot do an architecture is a finding, not a failure
        print("  FAILED", name, type(e).__name__, str(e).strip().splitlines()[-1:], flush=True)
        if os.environ.get("TRACE"):
            traceback.print_exc()


def variants(model, hf, folder):
    """Everything that is made of one model: PyTorch's, Optimum's and onnxruntime-genai's exports, and what users make of them."""
    yield "dynamo", lambda f: torch_export(model, f)
    yield "dynamo_past", lambda f: torch_export_past(model, f)
    yield "legacy", lambda f: legacy_export(model, f)
    yield "legacy_past", lambda f: legacy_export(model, f, past=True)
    yield "dynamo_bare", lambda f: torch_export(model, f, masked=False)
    yield "optimum", lambda f: optimum_export(hf, f, "text-generation")
    yield "optimum_past", lambda f: optimum_export(hf, f, "text-generation-with-past")
    yield "optimum_o2", lambda f: optimum_export(hf, f, "text-generation-with-past", "--optimize", "O2")
    yield "fp16", lambda f: half(model, f, torch.float16)
    yield "fp16_past", lambda f: half(model, f, torch.float16, torch_export_past)
    yield "fp16_legacy", lambda f: half(model, f, torch.float16, legacy_export)
    yield "fp16_converted", lambda f: half_converted(folder / "optimum", f)
    yield "bf16", lambda f: half(model, f, torch.bfloat16)
    yield "int8", lambda f: int8(folder / "optimum", f)
    yield "nbits8", lambda f: nbits(folder / "optimum", f)
    yield "one_data_file", lambda f: external(folder / "optimum", f, many=False)
    yield "many_data_files", lambda f: external(folder / "optimum", f, many=True)
    yield "nameless", lambda f: nameless(folder / "optimum", f)
    yield "merged", lambda f: merged(folder / "optimum", folder / "optimum_past", f)
    if folder.name != "mistral":  # its builder leaves Mistral's sliding window out, as ONNX Runtime's own logits show
        yield "genai", lambda f: genai(hf, f, "fp32")
        yield "genai_int4", lambda f: genai(hf, f, "int4")


def tokenizer_for(name):
    sentence = name in ("gemma", "gemma2", "mistral")
    trained = sentence_piece() if sentence else byte_level()
    return PreTrainedTokenizerFast(tokenizer_object=trained, bos_token="<s>" if sentence else "<|begin|>",
                                   eos_token="</s>" if sentence else "<|end|>", unk_token="<unk>" if sentence else None)


def attention(name):
    return "eager" if name == "gemma2" else "sdpa"


def made_anew(name, size, folder):
    """A random model and its tokenizer, kept in hf/."""
    hf = folder / "hf"
    tokenizer = tokenizer_for(name)
    torch.manual_seed(7)
    cfg = config(name, size, len(tokenizer))
    cfg.bos_token_id, cfg.eos_token_id, cfg.pad_token_id = tokenizer.bos_token_id, tokenizer.eos_token_id, None
    cfg._attn_implementation = attention(name)
    model = AutoModelForCausalLM.from_config(cfg).float().eval()
    with torch.no_grad():  # norms' weights start at one: make their place in the graph matter
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(torch.randn_like(parameter) * 0.1)
    model.save_pretrained(hf)
    tokenizer.save_pretrained(hf)
    shutil.copy(hf / "tokenizer.json", folder / "tokenizer.json")
    return model, tokenizer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--size", default="small", choices=SIZES)
    parser.add_argument("--only", help="variants, separated by commas; models that are there are read")
    parser.add_argument("architectures", nargs="*", default=ARCHITECTURES)
    args = parser.parse_args()
    for name in args.architectures or ARCHITECTURES:
        print(name, flush=True)
        folder = args.folder / name
        if args.only and (folder / "hf").exists():
            model = AutoModelForCausalLM.from_pretrained(
                folder / "hf", dtype=torch.float32, attn_implementation=attention(name)).eval()
            expected = json.loads((folder / "expected.json").read_text())
        else:
            model, tokenizer = made_anew(name, args.size, folder)
            expected = {"architecture": name, "blocks": model.config.num_hidden_layers, "width": model.config.hidden_size,
                        "variants": [], "texts": expectation(model, tokenizer, TEXTS)}
        made = expected["variants"]
        for variant, make in variants(model, folder / "hf", folder):
            if args.only and variant not in args.only.split(","):
                continue
            shutil.rmtree(folder / variant, ignore_errors=True)
            attempt(variant, made, lambda: make(folder / variant))
        expected["variants"] = sorted(set(made))
        (folder / "expected.json").write_text(json.dumps(expected))


if __name__ == "__main__":
    main()
