"""A network kept as ONNX, and taken up again to be taught further."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from training.net import HIGH, LineNet

_GATES = (0, 2, 3, 1)
"""Where the four gates of PyTorch's recurrent layer (input, forget, cell, output) stand in ONNX's (input, output, forget, cell)."""

_RARER = 3.0
"""How much rarer a letter that is new is than the one it is likest to, as a logarithm."""


def exported(net: LineNet, letters: str, path: Path) -> None:
    """Keep what was learnt as ONNX, its letters within."""
    net.eval()
    line = torch.zeros(1, 1, HIGH, 64)
    axes = {"line": {0: "lines", 3: "width"}, "letters": {0: "lines", 1: "steps"}}
    torch.onnx.export(
        net,
        (line,),
        str(path),
        input_names=["line"],
        output_names=["letters"],
        dynamic_axes=axes,
        dynamo=False,
    )
    model = onnx.load(path)
    model.metadata_props.add(key="letters", value=letters)
    onnx.save(model, path)


def kept_letters(path: Path) -> str:
    """The letters a kept network knows, in order."""
    return _letters(onnx.load(path))


def _letters(model: onnx.ModelProto) -> str:
    return next(pair.value for pair in model.metadata_props if pair.key == "letters")


def restored(path: Path, letters: str, lines: Iterable[torch.Tensor]) -> LineNet:
    """The network that is kept, to be taught further; `lines` are batches to learn by, as it takes them.

    A letter it does not know yet is to it, at first, a rare way of writing the one that has a mark less. What is kept has its
    normalisations folded into the convolutions before them. They are unfolded by what the convolutions make of the lines, so
    that the network tells what it told.
    """
    model = onnx.load(path)
    known = _letters(model)
    net = LineNet(len(known))
    net.load_state_dict(net.state_dict() | _weights(model, net))
    net.named = _naming(net.named, known, letters)
    net.eval()
    _unfold(net, lines)
    return net


@torch.no_grad()
def _naming(kept: nn.Linear, known: str, letters: str) -> nn.Linear:
    """The layer that names letters, made to name other ones."""
    rows = {letter: at for at, letter in enumerate(known, start=1)}
    naming = nn.Linear(kept.in_features, len(letters) + 1)
    for at, letter in enumerate(["", *letters]):
        like = next((rows[other] for other in _likest(letter) if other in rows), None) if letter else 0
        if like is None:  # like none it knows: nearly never, and above all not as often as no letter is
            naming.weight[at], naming.bias[at] = 0.0, kept.bias.min()
        else:
            naming.weight[at] = kept.weight[like]
            naming.bias[at] = kept.bias[like] - (_RARER if letter and letter not in rows else 0.0)
    return naming


def _likest(letter: str) -> list[str]:
    """A letter, and the same with ever fewer of its marks."""
    parts = unicodedata.normalize("NFD", letter)
    return [unicodedata.normalize("NFC", parts[:end]) for end in range(len(parts), 0, -1)]


def _weights(model: onnx.ModelProto, net: LineNet) -> dict[str, torch.Tensor]:
    """The weights of an exported network by PyTorch's names, the normalisations adding what was folded and no more."""
    kept = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in model.graph.initializer}
    inputs = {
        kind: [node.input for node in model.graph.node if node.op_type == kind]
        for kind in ("Conv", "LSTM", "MatMul")
    }
    found = {"named.bias": kept["named.bias"], "named.weight": kept[inputs["MatMul"][0][1]].T}
    for (place, after), (_, weight, bias) in zip(_normalised(net), inputs["Conv"], strict=True):
        found |= {f"seen.{place}.weight": kept[weight], f"seen.{after}.bias": kept[bias]}
    for layer, (_, given, remembered, bias, *_) in zip(("read", "reread"), inputs["LSTM"], strict=True):
        for way, name in enumerate(("", "_reverse")):
            first, second = kept[bias][way].chunk(2)
            parts = {"weight_ih": kept[given][way], "weight_hh": kept[remembered][way], "bias_ih": first, "bias_hh": second}  # fmt: skip
            found |= {f"{layer}.{part}_l0{name}": _gates(weights) for part, weights in parts.items()}
    return found


def _gates(weights: torch.Tensor) -> torch.Tensor:
    quarters = weights.chunk(4)
    return torch.cat([quarters[gate] for gate in _GATES])


def _normalised(net: LineNet) -> list[tuple[str, str]]:
    """The name of every convolution, and of the normalisation after it."""
    layers = [
        name for name, layer in net.seen.named_modules() if isinstance(layer, nn.Conv2d | nn.BatchNorm2d)
    ]
    return list(zip(layers[::2], layers[1::2], strict=True))


@torch.no_grad()
def _unfold(net: LineNet, lines: Iterable[torch.Tensor]) -> None:
    made: dict[str, list[torch.Tensor]] = {place: [] for place, _ in _normalised(net)}

    def noted(place: str, shown: torch.Tensor) -> None:
        made[place].append(torch.stack([shown.mean((0, 2, 3)), shown.pow(2).mean((0, 2, 3))]))

    hooks = [
        net.seen.get_submodule(place).register_forward_hook(
            lambda _, __, shown, place=place: noted(place, shown)
        )
        for place in made
    ]
    for batch in lines:
        net(batch)
    for hook in hooks:
        hook.remove()
    for place, after_name in _normalised(net):
        after, (mean, square) = net.seen.get_submodule(after_name), torch.stack(made[place]).mean(0)
        spread = square - mean**2
        after.bias += mean
        after.running_mean, after.running_var = mean, spread
        after.weight.copy_((spread + after.eps).sqrt())
