"""Writes an SAE with SAELens beside a decoder of tiny_decoders.py or smollm2.py, and what SAELens makes of the stream that
PyTorch computed, for DecoderLensTest to compare with.

Needs: sae-lens, torch, numpy.
Run:   python src/test/peers/decoder_saes.py FOLDER/ARCHITECTURE ... [--block 1] [--sae FOLDER]

Reads expected.json. Writes sae/ (random weights from a seed, or a copy of --sae) and activations.json: of each text
[tokens * concepts], float32, base64. What kind of SAE it is goes by the architecture, so that several are tried.
"""
import argparse, base64, json, pathlib, shutil, warnings
warnings.filterwarnings("ignore")
import numpy as np
import torch
from sae_lens import SAE, JumpReLUSAEConfig, StandardSAEConfig, TopKSAEConfig
from sae_lens.saes.sae import SAEMetadata

CONCEPTS = 24
KINDS = {"llama": "topk", "gemma": "jumprelu", "gemma2": "jumprelu"}


def written(architecture, width, block, folder):
    kind = KINDS.get(architecture, "standard")
    configs = {"topk": TopKSAEConfig, "jumprelu": JumpReLUSAEConfig, "standard": StandardSAEConfig}
    cfg = configs[kind](d_in=width, d_sae=CONCEPTS, dtype="float32", apply_b_dec_to_input=True,
                        metadata=SAEMetadata(model_name=architecture, hook_name=f"blocks.{block}.hook_resid_post"),
                        **({"k": 6} if kind == "topk" else {}))
    sae = SAE.get_sae_class_for_architecture(kind)(cfg)
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for name, parameter in sae.named_parameters():
            values = torch.randn(parameter.shape, generator=generator) / width**0.5
            parameter.copy_(values.abs() if "threshold" in name else values)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    sae.save_model(folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("decoders", type=pathlib.Path, nargs="+")
    parser.add_argument("--block", type=int, default=1)
    parser.add_argument("--sae", type=pathlib.Path)
    args = parser.parse_args()
    for decoder in args.decoders:
        expected = json.loads((decoder / "expected.json").read_text())
        if args.sae:
            shutil.copytree(args.sae, decoder / "sae", dirs_exist_ok=True)
        else:
            written(expected["architecture"], expected["width"], args.block, decoder / "sae")
        sae = SAE.load_from_disk(decoder / "sae", dtype="float32")
        texts = []
        for text in expected["texts"]:
            flat = np.frombuffer(base64.b64decode(text["residuals"][args.block]), dtype="<f4")
            with torch.no_grad():
                activations = sae.encode(torch.tensor(flat.reshape(-1, expected["width"])))
            assert (activations > 0).any() and not (activations > 0).all(), decoder
            texts.append(base64.b64encode(activations.numpy().astype("<f4").tobytes()).decode())
        (decoder / "activations.json").write_text(json.dumps({"block": args.block, "texts": texts}))


if __name__ == "__main__":
    main()
