"""Teaching the line reader, and keeping what it has learnt."""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from torch.optim.swa_utils import update_bn

from training.net import HIGH, STEP, LineNet
from training.sheets import Example

_RARE = 20
"""Letters seen less often than this are not learnt: lines with them are left out."""
_WIDEST = 1400
_AT_ONCE = 26_000
"""Pixels of width taught at once."""
FRESH, FURTHER = 2e-3, 1e-3
"""The highest rate of learning, for a network that knows nothing and for one that is taught further."""
_WARM, _STEADY = 300, 0.3
"""The batches until the highest rate is reached, the share of the time after which it falls to nothing."""
_SHORTER = any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))
"""Whether the processor reckons with numbers of 16 bits, which is some times faster; others cannot run the recurrent layer so."""
_TOLD = 200
"""Batches after which it is told how far the teaching is."""
_EASY, _SELDOM = 0.01, 3
"""What a line may cost a letter that is easy, and of how many easy ones one is shown, which then counts for all."""
_WHITE, _ROUND = 8, 32
"""White around a line at least, in pixels, and the pixels of which its width is made a multiple."""


class Batch(NamedTuple):
    """Lines shown at once, by their numbers in the lesson, and for how many each counts."""

    lines: list[int]
    counts: torch.Tensor


class Lesson:
    """What is taught: lines whose letters are all known, in batches of like widths, a little changed every time.

    A line that was easy when it was last shown is shown seldom, and counts for as many as it stands for.
    """

    def __init__(self, examples: Sequence[Example], letters: str, chance: random.Random) -> None:
        self.number = {letter: at for at, letter in enumerate(letters, start=1)}
        self.chance = chance
        self.examples = [example for example in examples if self._fits(example)]
        self.cost = np.full(len(self.examples), np.inf)
        """What each line cost a letter when it was last shown."""

    def _fits(self, example: Example) -> bool:
        width, text = example.picture.shape[1], example.text
        doubled = sum(len(list(run)) - 1 for _, run in groupby(text))
        return len(text) + doubled <= width // STEP and width < _WIDEST and self.number.keys() >= set(text)

    def batches(self) -> list[Batch]:
        """The lines once, of easy ones some, shuffled, those of like width together, so many at once that few shapes are ever shown."""
        numbers = [n for n in range(len(self.examples)) if not self._easy(n) or self.chance.randrange(_SELDOM) == 0]  # fmt: skip
        self.chance.shuffle(numbers)
        by_width = defaultdict(list)
        for number in numbers:
            by_width[_rounded(self.examples[number].picture.shape[1])].append(number)
        found = [
            self._batch(alike[start : start + _AT_ONCE // width])
            for width, alike in by_width.items()
            for start in range(0, len(alike), _AT_ONCE // width)
        ]
        self.chance.shuffle(found)
        return found

    def _easy(self, number: int) -> bool:
        return bool(self.cost[number] < _EASY)

    def _batch(self, lines: list[int]) -> Batch:
        return Batch(lines, torch.tensor([float(_SELDOM if self._easy(line) else 1) for line in lines]))

    def shown(self, batch: Batch, *, changed: bool) -> torch.Tensor:
        """A batch as the network takes it; where asked, moved, stretched, paled or softened at random."""
        pictures = [self.examples[line].picture for line in batch.lines]
        width = _rounded(pictures[0].shape[1])
        lines = np.full((len(pictures), HIGH, width), 255, np.uint8)
        for line, picture in zip(lines, pictures, strict=True):
            start = self.chance.randint(0, STEP) if changed else STEP // 2
            moved = changed and self.chance.random() < 0.25
            line[:, start : start + picture.shape[1]] = (
                _moved(picture, self.chance.choice((-2, -1, 1, 2))) if moved else picture
            )
        shown = torch.from_numpy(lines).unsqueeze(1).float() / 127.5 - 1
        return (self._changed(shown) if changed else shown).contiguous(memory_format=torch.channels_last)

    def _changed(self, lines: torch.Tensor) -> torch.Tensor:
        chance, width = self.chance, lines.shape[3]
        if chance.random() < 0.5:
            stretched = _rounded(int(width * chance.uniform(0.85, 1.12)))
            lines = functional.interpolate(lines, size=(HIGH, stretched), mode="bilinear")
        if chance.random() < 0.3:
            lines = ((lines + 1) * chance.uniform(0.8, 1) + chance.uniform(0, 0.2)).clamp(0, 2) - 1
        if chance.random() < 0.2:
            lines = functional.avg_pool2d(functional.pad(lines, (1, 1, 1, 1), value=1), 3, 1)
        return lines


def _rounded(width: int) -> int:
    return -(-(width + _WHITE) // _ROUND) * _ROUND


def letters_of(examples: Sequence[Example]) -> str:
    """The letters worth learning, in order."""
    counted = Counter(letter for example in examples for letter in example.text)
    return "".join(sorted(letter for letter, count in counted.items() if count >= _RARE))


def teach(net: LineNet, lesson: Lesson, seconds: float, rate: float) -> Iterator[str]:
    """Teach for so long; tells now and then how far it is."""
    net.to(memory_format=torch.channels_last).train()
    learner = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-2)
    begun, losses = time.monotonic(), list[float]()
    for step, batch in enumerate(_endless(lesson), start=1):
        share = (time.monotonic() - begun) / seconds
        if share >= 1:
            return
        for group in learner.param_groups:
            group["lr"] = rate * min(1, step / _WARM) * min(1, max(0.01, (1 - share) / (1 - _STEADY)))
        loss = _loss(net, lesson, batch)
        learner.zero_grad(set_to_none=True)
        loss.backward()
        steep = nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        if steep.isfinite():  # of a line made too short it may not be
            learner.step()
        losses.append(loss.item())
        if step % _TOLD == 0:
            yield f"{share:.0%} of the time, {step} batches, loss {np.mean(losses):.4f}"
            losses.clear()


def _endless(lesson: Lesson) -> Iterator[Batch]:
    while True:
        yield from lesson.batches()


def _loss(net: LineNet, lesson: Lesson, batch: Batch) -> torch.Tensor:
    lines = lesson.shown(batch, changed=True)
    with torch.autocast("cpu", torch.bfloat16, enabled=_SHORTER):
        told = net(lines)
    texts = [lesson.examples[line].text for line in batch.lines]
    said = torch.tensor([lesson.number[letter] for text in texts for letter in text])
    steps = torch.full((len(texts),), told.shape[1])
    lengths = torch.tensor([len(text) for text in texts])
    likely = told.float().log_softmax(-1).transpose(0, 1)
    lost = functional.ctc_loss(likely, said, steps, lengths, reduction="none", zero_infinity=True) / lengths
    lesson.cost[batch.lines] = lost.detach().numpy()
    return (lost * batch.counts).sum() / batch.counts.sum()


@torch.no_grad()
def meet_halfway(net: LineNet, before: LineNet, lines: Iterable[torch.Tensor]) -> None:
    """Make a network the mean of what it was before it was taught further and of what it became.

    It has learnt what is new and keeps more of what it knew (after Wortsman and others, "Robust fine-tuning of zero-shot models",
    2022). What its normalisations measure is measured anew, on batches of lines as it takes them.
    """
    for became, was in zip(net.parameters(), before.parameters(), strict=True):
        became.lerp_(was, 0.5)
    update_bn(lines, net)


def _moved(picture: np.ndarray, rows: int) -> np.ndarray:
    """A line a few rows higher or lower, white where nothing was."""
    moved = np.full_like(picture, 255)
    if rows > 0:
        moved[rows:] = picture[:-rows]
    else:
        moved[:rows] = picture[-rows:]
    return moved
