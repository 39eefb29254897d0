"""Writes small SAEs with the libraries whose formats the project reads, and the activations their own readers give.

Needs: torch, numpy, sae-lens, eai-sparsify, dictionary-learning (natsort and schedulefree with it). Run it as
    python src/test/peers/sae_formats.py src/test/resources/peers/sae
Weights are random, from a seed. Each folder NAME holds the files as written, and NAME.json beside it what a reader of that
format computes in float32: settings (what the study must say), x [rows][d_in], activations [rows][d_sae].
"""

import importlib.util
import json
import shutil
import sys
import types
import warnings
from pathlib import Path
from unittest import mock

import numpy as np
import torch

warnings.filterwarnings("ignore")
OUT = Path(sys.argv[1])
D_IN, D_SAE, ROWS, K = 8, 24, 12, 6


def rows(seed):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(ROWS, D_IN, generator=generator) * 2 + 0.3


def randomise(module, seed):
    """Every weight random, biases too, so that no term can be left out unseen."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            values = torch.randn(parameter.shape, generator=generator, dtype=torch.float32) * 0.4
            if "threshold" in name:
                values = values.abs() + 0.2
            parameter.copy_(values.to(parameter.dtype))


def digits(values):
    """As many as tell float32 numbers apart."""
    return [[float(f"{value:.9g}") for value in row] for row in values.float().tolist()]


def record(name, x, activations, **settings):
    values = {
        "settings": settings,
        "x": digits(x),
        "activations": digits(activations.detach()),
    }
    fired = (activations > 0).float().mean().item()
    assert 0 < fired < 1, (name, fired)
    text = json.dumps(values, separators=(",", ":"))
    (OUT / f"{name}.json").write_text(text + "\n")
    print(f"{name}: {fired:.0%} fire")


def fresh(name):
    folder = OUT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


# --- SAELens -----------------------------------------------------------------------------------------------------------


def saelens():
    from sae_lens import SAE, GatedSAEConfig, JumpReLUSAEConfig, StandardSAEConfig, TopKSAEConfig
    from sae_lens.saes.sae import SAEMetadata

    classes = {"standard": StandardSAEConfig, "jumprelu": JumpReLUSAEConfig, "gated": GatedSAEConfig, "topk": TopKSAEConfig}
    cases = []
    for architecture in classes:
        for normalisation in ("none", "constant_norm_rescale", "layer_norm", "expected_average_only_in"):
            cases.append((architecture, normalisation, "float32", True, {}))
    cases += [
        ("jumprelu", "none", "bfloat16", False, {}),
        ("standard", "none", "float16", False, {}),
        ("gated", "none", "float64", True, {}),
        ("topk", "none", "float32", False, {"rescale_acts_by_decoder_norm": True}),
        ("topk", "expected_average_only_in", "float32", True, {"rescale_acts_by_decoder_norm": True}),
    ]
    for seed, (architecture, normalisation, dtype, centred, more) in enumerate(cases):
        name = "saelens-" + "-".join([architecture, normalisation, dtype] + (["rescaled"] if more else []))
        if architecture == "topk":
            more = {"k": K, **more}
        cfg = classes[architecture](
            d_in=D_IN,
            d_sae=D_SAE,
            dtype=dtype,
            apply_b_dec_to_input=centred,
            normalize_activations=normalisation,
            metadata=SAEMetadata(model_name="a-model", hook_name="blocks.3.hook_resid_post"),
            **more,
        )
        sae = SAE.get_sae_class_for_architecture(architecture)(cfg)
        randomise(sae, seed)
        sae.save_model(fresh(name))
        x = rows(seed)
        read = SAE.load_from_disk(OUT / name, dtype="float32")
        settings = {}
        if normalisation == "expected_average_only_in":
            settings["scaling_factor"] = 0.37
            read.fold_activation_norm_scaling_factor(0.37)
        record(name, x, read.encode(x), **settings)
        if dtype == "float32" and normalisation == "none" and architecture != "topk":
            folded = SAE.load_from_disk(OUT / name, dtype="float32", fold_W_dec_norm=True)
            shutil.copytree(OUT / name, fresh(name + "-folded"), dirs_exist_ok=True)
            record(name + "-folded", x, folded.encode(x), fold_decoder_norm=True)
    batch_topk()
    older()


def batch_topk():
    """A BatchTopK SAE in training, saved for use."""
    from sae_lens.saes.batchtopk_sae import BatchTopKTrainingSAE, BatchTopKTrainingSAEConfig
    from sae_lens import SAE

    for rescale in (False, True):
        name = "saelens-batchtopk" + ("-rescaled" if rescale else "")
        cfg = BatchTopKTrainingSAEConfig(d_in=D_IN, d_sae=D_SAE, k=4, rescale_acts_by_decoder_norm=rescale)
        sae = BatchTopKTrainingSAE(cfg)
        randomise(sae, 50 + rescale)
        sae.topk_threshold.fill_(0.6)
        sae.save_inference_model(fresh(name))
        x = rows(50)
        record(name, x, SAE.load_from_disk(OUT / name).encode(x))


def older():
    """The flat configuration of SAELens 3 to 5, with the weights of the newest."""
    from sae_lens import SAE

    common = {
        "d_in": D_IN,
        "d_sae": D_SAE,
        "dtype": "torch.float32",
        "model_name": "gpt2-small",
        "hook_point": "blocks.3.hook_resid_post",
        "finetuning_scaling_factor": False,
        "prepend_bos": True,
    }
    topk = {"activation_fn_str": "topk", "activation_fn_kwargs": {"k": K}, "normalize_activations": "none"}
    for name, source, cfg in (
        ("saelens-older-topk", "saelens-topk-none-float32", topk),
        (
            "saelens-older-boolean",
            "saelens-standard-none-float32",
            {"activation_fn_str": "relu", "normalize_activations": True},
        ),
    ):
        folder = fresh(name)
        shutil.copy(OUT / source / "sae_weights.safetensors", folder)
        (folder / "cfg.json").write_text(json.dumps({**common, **cfg}))
        sae = SAE.load_from_disk(folder, dtype="float32")
        x = rows(60)
        settings = {}
        if name.endswith("boolean"):
            assert sae.cfg.normalize_activations == "expected_average_only_in"
            settings["scaling_factor"] = 1.7
            sae.fold_activation_norm_scaling_factor(1.7)
        record(name, x, sae.encode(x), **settings)


# --- formats that SAELens converts -------------------------------------------------------------------------------------


def converted(loader, name, repo, folder_name, hub_files, d_in=None):
    """Runs one of SAELens' loaders on local files in place of the hub's."""
    from sae_lens import SAE
    from sae_lens.loading import pretrained_sae_loaders as loaders
    from sae_lens.loading.pretrained_sae_loaders import handle_config_defaulting

    def download(repo_id=None, filename=None, subfolder=None, **_):
        return str(hub_files / (f"{subfolder}/{filename}" if subfolder else filename))

    overrides = {"dtype": "float32", "d_sae": D_SAE}
    if d_in:
        overrides["d_in"] = d_in
    shapes = lambda *_: {"w_enc": [D_IN, D_SAE], "w_dec": [D_SAE, D_IN]}
    with (
        mock.patch.object(loaders, "hf_hub_download", lambda repo_id, filename=None, **kw: download(repo_id, filename, **kw)),
        mock.patch.object(loaders, "get_safetensors_tensor_shapes", shapes),
    ):
        cfg, state, _ = getattr(loaders, loader)(repo, folder_name, device="cpu", cfg_overrides=overrides)
    cfg = handle_config_defaulting(cfg)
    sae = SAE.from_dict({**cfg, "device": "cpu"})
    sae.load_state_dict({key: value.float() for key, value in state.items()})
    return sae, cfg


def weights(seed):
    generator = torch.Generator().manual_seed(seed)
    normal = lambda *shape: torch.randn(*shape, generator=generator) * 0.4
    return {
        "W_enc": normal(D_IN, D_SAE),
        "W_dec": normal(D_SAE, D_IN),
        "b_enc": normal(D_SAE),
        "b_dec": normal(D_IN),
        "threshold": normal(D_SAE).abs() + 0.2,
    }


def gemma_scope():
    w = weights(100)
    x = rows(100)
    for name, save, lower in (
        ("gemma-scope", np.savez, False),
        ("gemma-scope-compressed", np.savez_compressed, True),
    ):
        folder = fresh(name) / "layer_3"
        folder.mkdir()
        save(folder / "params.npz", **{(k.lower() if lower and k[0] == "W" else k): v.numpy() for k, v in w.items()})
        sae, _ = converted("gemma_2_sae_huggingface_loader", name, "gemma-scope-2b-pt-res", "layer_3", OUT / name, D_IN)
        record(name, x, sae.encode(x), source="layer_3")
    name = "gemma-scope-fortran"
    folder = fresh(name)
    np.savez(folder / "params.npz", **{k: np.asfortranarray(v.numpy()) for k, v in w.items()})
    record(name, x, sae.encode(x))


def gemma_scope_2():
    from safetensors.torch import save_file

    w = weights(101)
    name = "gemma-scope-2"
    folder = fresh(name) / "resid_post" / "layer_3"
    folder.mkdir(parents=True)
    save_file({k.lower(): v.contiguous() for k, v in w.items()}, folder / "params.safetensors")
    cfg = {"architecture": "jump_relu", "model_name": "gemma-v3-1b-pt", "hf_hook_point_in": "model.layers.3.output"}
    (folder / "config.json").write_text(json.dumps(cfg))
    sae, _ = converted(
        "gemma_3_sae_huggingface_loader", name, "google/gemma-scope-2-1b-pt", "resid_post/layer_3", OUT / name
    )
    x = rows(101)
    record(name, x, sae.encode(x), source="resid_post/layer_3")


def goodfire():
    w = weights(102)
    x = rows(102)
    file = "Llama-3.1-8B-Instruct-SAE-l19.pth"
    repo = "Goodfire/Llama-3.1-8B-Instruct-SAE-l19"
    for name, dtype in (("goodfire", torch.float32), ("goodfire-bfloat16", torch.bfloat16)):
        linear = torch.nn.ModuleDict(
            {"encoder_linear": torch.nn.Linear(D_IN, D_SAE), "decoder_linear": torch.nn.Linear(D_SAE, D_IN)}
        ).to(dtype)
        randomise(linear, 103)
        torch.save(linear.state_dict(), fresh(name) / file)
        sae, _ = converted("get_goodfire_huggingface_loader", name, repo, file, OUT / name, D_IN)
        record(name, x, sae.encode(x))
    # transposed views, as a plain dictionary: columns lie together on disk
    name = "goodfire-views"
    torch.save(
        {
            "encoder_linear.weight": w["W_enc"].T,
            "encoder_linear.bias": w["b_enc"],
            "decoder_linear.weight": w["W_dec"].T,
            "decoder_linear.bias": torch.nn.Parameter(w["b_dec"]),
        },
        fresh(name) / file,
    )
    sae, _ = converted("get_goodfire_huggingface_loader", name, repo, file, OUT / name, D_IN)
    record(name, x, sae.encode(x))


def llama_scope():
    """SAELens' loader holds thresholds against z without decoder norms, so these are 1 there; z is s times as large."""
    from safetensors.torch import save_file

    for name, unit in (("llama-scope-unit", True), ("llama-scope", False)):
        w = weights(104)
        if unit:
            w["W_dec"] /= w["W_dec"].norm(dim=1, keepdim=True)
        x = rows(104)
        cfg = {
            "d_model": D_IN,
            "d_sae": D_SAE,
            "act_fn": "jumprelu",
            "jump_relu_threshold": 0.52,
            "sparsity_include_decoder_norm": True,
            "apply_decoder_bias_to_pre_encoder": False,
            "norm_activation": "dataset-wise",
            "dataset_average_activation_norm": {"in": 7.25, "out": 7.25},
            "hook_point_in": "blocks.3.hook_resid_post",
            "hook_point_out": "blocks.3.hook_resid_post",
        }
        folder = fresh(name)
        (folder / "checkpoints").mkdir()
        (folder / "hyperparams.json").write_text(json.dumps(cfg))
        save_file(
            {
                "encoder.weight": w["W_enc"].T.contiguous(),
                "encoder.bias": w["b_enc"],
                "decoder.weight": w["W_dec"].T.contiguous(),
                "decoder.bias": w["b_dec"],
            },
            folder / "checkpoints" / "final.safetensors",
        )
        s = D_IN**0.5 / 7.25
        if unit:
            sae, _ = converted("llama_scope_sae_huggingface_loader", name, "fnlp/x", name, OUT)
            sae.fold_activation_norm_scaling_factor(s)
            activations = sae.encode(x) / s
        else:
            z = (x.double() @ w["W_enc"].double() + w["b_enc"].double() / s) * w["W_dec"].double().norm(dim=1)
            activations = z * (z > 0.52)
        record(name, x, activations)


def llama_scope_r1():
    """SAELens' loader leaves the decoder's norms out, so these are 1 in the first; the second says what they are for."""
    from safetensors.torch import save_file

    s = 1.9
    for name, unit, stored in (("llama-scope-r1-unit", True, False), ("llama-scope-r1", False, True)):
        w = weights(105)
        if unit:
            w["W_dec"] /= w["W_dec"].norm(dim=1, keepdim=True)
        cfg = {
            "sae_type": "sae",
            "d_model": D_IN,
            "expansion_factor": D_SAE // D_IN,
            "act_fn": "jumprelu",
            "norm_activation": "dataset-wise",
            "sparsity_include_decoder_norm": True,
            "hook_point_in": "blocks.3.hook_resid_post",
            "hook_point_out": "blocks.3.hook_resid_post",
        }
        folder = fresh(name)
        (folder / "config.json").write_text(json.dumps(cfg))
        state = {
            "encoder.weight": w["W_enc"].T.contiguous(),
            "encoder.bias": w["b_enc"],
            "decoder.weight": w["W_dec"].T.contiguous(),
            "decoder.bias": w["b_dec"],
            "log_jumprelu_threshold": w["threshold"].log(),
        }
        if stored:
            state["dataset_average_activation_norm.blocks.3.hook_resid_post"] = torch.tensor(D_IN**0.5 / s)
        save_file(state, folder / "sae_weights.safetensors")
        x = rows(105)
        if unit:
            sae, _ = converted("llama_scope_r1_distill_sae_huggingface_loader", name, "fnlp/x", name, OUT)
            sae.fold_activation_norm_scaling_factor(s)
            record(name, x, sae.encode(x), scaling_factor=s)
        else:
            z = s * x.double() @ w["W_enc"].double() + w["b_enc"].double()
            fires = z * w["W_dec"].double().norm(dim=1) > w["threshold"].double()
            record(name, x, z * fires)


# --- sparsify ----------------------------------------------------------------------------------------------------------


def sparsify():
    from sparsify import SparseCoder, SparseCoderConfig

    for seed, (name, cfg, dtype) in enumerate(
        (
            ("sparsify-topk", {"num_latents": D_SAE}, torch.float32),
            ("sparsify-expansion", {"expansion_factor": 3, "normalize_decoder": False}, torch.float32),
            ("sparsify-transcode", {"num_latents": D_SAE, "transcode": True}, torch.float32),
            ("sparsify-groupmax", {"num_latents": D_SAE, "activation": "groupmax"}, torch.float32),
            ("sparsify-float16", {"num_latents": D_SAE}, torch.float16),
        )
    ):
        coder = SparseCoder(D_IN, SparseCoderConfig(k=K, **cfg), dtype=dtype)
        randomise(coder, 200 + seed)
        coder.save_to_disk(fresh(name) / "layers.3")
        read = SparseCoder.load_from_disk(OUT / name / "layers.3").float()
        x = rows(200 + seed)
        top = read.encode(x)
        activations = torch.zeros(ROWS, D_SAE).scatter_(-1, top.top_indices, top.top_acts)
        record(name, x, activations, source="layers.3")


# --- dictionary_learning -----------------------------------------------------------------------------------------------


def module(root, name):
    """One module of dictionary_learning, without what its package imports for training."""
    full = f"dictionary_learning.{name}"
    spec = importlib.util.spec_from_file_location(full, root / (name.replace(".", "/") + ".py"))
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[full] = loaded
    spec.loader.exec_module(loaded)
    return loaded


def dictionary_learning():
    root = Path(importlib.util.find_spec("dictionary_learning").submodule_search_locations[0])
    for package, path in (("dictionary_learning", root), ("dictionary_learning.trainers", root / "trainers")):
        empty = types.ModuleType(package)
        empty.__path__ = [str(path)]
        sys.modules[package] = empty
    module(root, "config")
    dictionary = module(root, "dictionary")
    module(root, "trainers.trainer")
    top_k = module(root, "trainers.top_k")
    batch = module(root, "trainers.batch_top_k")
    matryoshka = module(root, "trainers.matryoshka_batch_top_k")
    cases = (
        (dictionary.AutoEncoder, ()),
        (dictionary.AutoEncoderNew, ()),
        (dictionary.GatedAutoEncoder, ()),
        (dictionary.JumpReluAutoEncoder, ()),
        (top_k.AutoEncoderTopK, (K,)),
        (batch.BatchTopKSAE, (K,)),
        (matryoshka.MatryoshkaBatchTopKSAE, (K, [8, 16])),
    )
    for seed, (kind, arguments) in enumerate(cases):
        name = "dictionary-" + kind.__name__
        made = kind(D_IN, D_SAE, *arguments)
        randomise(made, 300 + seed)
        if hasattr(made, "k"):
            made.threshold.fill_(0.6)
        folder = fresh(name)
        torch.save(made.state_dict(), folder / "ae.pt")
        trainer = {
            "dict_class": kind.__name__,
            "activation_dim": D_IN,
            "dict_size": D_SAE,
            "layer": 3,
            "lm_name": "EleutherAI/pythia-70m-deduped",
            "submodule_name": "resid_post_layer_3",
        }
        if arguments:
            trainer["k"] = K
        (folder / "config.json").write_text(json.dumps({"trainer": trainer, "buffer": {"ctx_len": 128}}))
        plain = {"normalize_decoder": False} if kind is dictionary.AutoEncoder else {}
        x = rows(300 + seed)
        record(name, x, kind.from_pretrained(folder / "ae.pt", **plain).encode(x))
        if plain:
            # its reader folds unless told otherwise
            folded = kind.from_pretrained(folder / "ae.pt")
            shutil.copytree(folder, fresh(name + "-folded"), dirs_exist_ok=True)
            record(name + "-folded", x, folded.encode(x), fold_decoder_norm=True)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        saelens()
        gemma_scope()
        gemma_scope_2()
        goodfire()
        llama_scope()
        llama_scope_r1()
        sparsify()
        dictionary_learning()
