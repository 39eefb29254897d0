"""Fills or reads a hub cache with huggingface_hub, so that it can be held against ours.

Needs: pip install huggingface_hub. HubPeerTest runs it where GAPX_PEERS names a Python that has it:

    GAPX_PEERS=/path/to/python mvn -Dtest=HubPeerTest test

    hub_cache.py fetch ENDPOINT CACHE    downloads two files, asks for one that is not there, downloads a folder
    hub_cache.py find CACHE              finds the same without any request, and prints where
"""

import os
import sys

what, *rest = sys.argv[1:]
os.environ["HF_ENDPOINT"] = rest[0] if what == "fetch" else "http://127.0.0.1:1"
os.environ["HF_HUB_CACHE"] = rest[-1]
os.environ["HF_HUB_DISABLE_XET"] = "1"
os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"

from huggingface_hub import hf_hub_download, snapshot_download, try_to_load_from_cache  # noqa: E402
from huggingface_hub.file_download import _CACHED_NO_EXIST  # noqa: E402
from huggingface_hub.utils import EntryNotFoundError  # noqa: E402

local = what == "find"
print(hf_hub_download("acme/tiny", "sae/weights.safetensors", revision="main", local_files_only=local))
print(hf_hub_download("acme/items", "test.jsonl", repo_type="dataset", local_files_only=local))
if local:
    print(try_to_load_from_cache("acme/tiny", "none.json", revision="main") is _CACHED_NO_EXIST)
else:
    try:
        hf_hub_download("acme/tiny", "none.json")
    except EntryNotFoundError:
        print(True)
print(snapshot_download("acme/tiny", revision="main", allow_patterns="sae/*", local_files_only=local))
