"""The line reader's network: a line of print 32 pixels high in, the likelihood of every letter at every step out."""

import torch
from torch import nn
from torch.nn import functional

HIGH = 32
STEP = 4
"""Pixels of width to a step."""
_CHANNELS = (16, 48, 96, 144, 208)
_ONCE, _TWICE = 160, 112
"""What each recurrent layer remembers, in each direction."""


class LineNet(nn.Module):
    """Convolutions, two recurrent layers in both directions, and letters by connectionist temporal classification.

    After Shi, Bai and Yao, "An End-to-End Trainable Neural Network for Image-based Sequence Recognition" (2015). Takes
    (lines, 1, 32, width), white 1 and black -1; gives (lines, width / 4, letters + 1), where 0 is no letter.
    """

    def __init__(self, letters: int) -> None:
        super().__init__()
        first, second, third, fourth, last = _CHANNELS
        self.seen = nn.Sequential(
            *_block(1, first), nn.MaxPool2d(2),
            *_block(first, second), nn.MaxPool2d(2),
            *_block(second, third), *_block(third, third), nn.MaxPool2d((2, 1)),
            *_block(third, fourth), *_block(fourth, fourth), Residual(fourth), nn.MaxPool2d((2, 1)),
            *_block(fourth, last, (2, 3), (0, 1)), nn.Dropout(0.1),
        )  # fmt: skip
        self.read = nn.LSTM(last, _ONCE, bidirectional=True, batch_first=True)
        self.reread = nn.LSTM(2 * _ONCE, _TWICE, bidirectional=True, batch_first=True)
        self.named = nn.Linear(2 * (_ONCE + _TWICE), letters + 1)

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        steps = self.seen(lines).squeeze(2).transpose(1, 2).float()
        once, _ = self.read(steps)
        twice, _ = self.reread(once)
        return self.named(torch.cat([once, twice], dim=2))


class Residual(nn.Module):
    """A convolution whose findings are added to what it was given; untaught it adds nothing.

    After He and others, "Deep Residual Learning for Image Recognition" (2015).
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.found = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.normal = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.normal.weight)

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        return functional.relu(seen + self.normal(self.found(seen)))


def _block(
    given: int, made: int, size: tuple[int, int] = (3, 3), margin: tuple[int, int] = (1, 1)
) -> list[nn.Module]:
    return [
        nn.Conv2d(given, made, size, padding=margin, bias=False),
        nn.BatchNorm2d(made),
        nn.ReLU(inplace=True),
    ]
