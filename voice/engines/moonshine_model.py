"""Moonshine tiny-en on onnxruntime: samples in, words with their probabilities out.

We run the model's own files rather than the library's Transcriber, which keeps two cores busy for one utterance,
gives no confidence and cuts spoken numbers short (docs/decisions/0005).
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from voice.speech.errors import EngineUnavailable
from voice.speech.resample import Samples

RATE_HZ = 16_000
_BEGIN, _END = 1, 2
_TOKENS_PER_S = 13
"""Spoken numbers need twice the tokens of ordinary speech; the limit stops a model that repeats itself."""
_REMEDY = "Reinstall the package moonshine-voice==0.0.73, the last one that carries its model."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The words of one stretch of samples."""

    text: str
    confidence: float
    """Geometric mean of the probabilities of its tokens."""


class MoonshineModel:
    """The loaded model; safe to use from several threads at once."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._encoder = _session(folder / "encoder_model.ort", options)
        self._decoder = _session(folder / "decoder_model_merged.ort", options)
        self._tokens = read_tokens((folder / "tokenizer.bin").read_bytes())
        self._outputs: list[str] = [output.name for output in self._decoder.get_outputs()]
        self._past: list[tuple[str, int, int]] = [
            (i.name, i.shape[1], i.shape[3]) for i in self._decoder.get_inputs() if i.name.startswith("past_key_values")
        ]

    def decode(self, samples: Samples) -> Decoded:
        """The likeliest words, one token after another."""
        mask = np.ones((1, len(samples)), np.int64)
        hidden = self._encoder.run(None, {"input_values": samples[None], "attention_mask": mask})[0]
        feed: dict[str, object] = {
            "encoder_hidden_states": hidden,
            "encoder_attention_mask": mask,  # of samples too: the decoder thins it out itself
            **{name: np.zeros((1, heads, 0, width), np.float32) for name, heads, width in self._past},
        }
        tokens, chances = [_BEGIN], [1.0]
        for _ in range(int(len(samples) / RATE_HZ * _TOKENS_PER_S) + 4):
            likely = self._next(tokens[-1], feed, first=len(tokens) == 1)
            token = int(likely.argmax())
            chances.append(float(likely[token]))
            if token == _END:
                break
            tokens.append(token)
        confidence = float(np.exp(np.mean(np.log(np.maximum(chances[1:], 1e-9)))))
        return Decoded(text=self._text(tokens[1:]), confidence=confidence)

    def _next(self, token: int, feed: dict[str, object], *, first: bool) -> NDArray[np.float32]:
        """Probabilities of the next token; the feed is moved on to the state after this one."""
        asked = {**feed, "input_ids": np.array([[token]], np.int64), "use_cache_branch": np.array([not first])}
        out = dict(zip(self._outputs, self._decoder.run(None, asked), strict=True))
        for name, _, _ in self._past:
            if first or ".decoder." in name:
                feed[name] = out[name.replace("past_key_values", "present")]
        logits: NDArray[np.float32] = out["logits"][0, -1]
        raised = np.exp(logits - logits.max())
        likely: NDArray[np.float32] = raised / raised.sum()
        return likely

    def _text(self, tokens: list[int]) -> str:
        whole = b"".join(self._tokens[token] for token in tokens).replace("\u2581".encode(), b" ")
        return whole.decode("utf-8", errors="replace").strip()


def model_folder() -> Path:
    """Where the package keeps its model; the package itself is not imported, as it brings a second runtime."""
    found = find_spec("moonshine_voice")
    if found is None or not found.submodule_search_locations:
        raise EngineUnavailable("The package moonshine-voice is not installed.", remedy=_REMEDY)
    folder = Path(found.submodule_search_locations[0]) / "assets" / "tiny-en"
    if not (folder / "encoder_model.ort").is_file():
        raise EngineUnavailable("The package moonshine-voice carries no model.", remedy=_REMEDY)
    return folder


def read_tokens(packed: bytes) -> list[bytes]:
    """The vocabulary: each entry is its length (one byte, or two from 128 up) and its bytes."""
    tokens, at = [], 0
    while at < len(packed):
        length, at = packed[at], at + 1
        if length >= 128:
            length, at = packed[at] * 128 + length - 128, at + 1
        tokens.append(packed[at : at + length])
        at += length
    return tokens


def _session(path: Path, options: "onnxruntime.SessionOptions") -> "onnxruntime.InferenceSession":
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (onnxruntime.capi.onnxruntime_pybind11_state.Fail, ValueError, RuntimeError) as error:
        raise EngineUnavailable(f"The model file {path.name} cannot be loaded.", remedy=_REMEDY) from error
