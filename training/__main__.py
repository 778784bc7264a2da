"""`python -m training`: make lines to learn from, teach the line reader, try it on lines it was never shown."""

import argparse
import copy
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import torch

from training.keeping import exported, kept_letters, restored
from training.net import LineNet
from training.sheets import Example, examples
from training.teaching import FRESH, FURTHER, Lesson, letters_of, meet_halfway, teach
from training.words import Words
from trustact.intake import linereader
from trustact.intake.accents import bare
from trustact.intake.wording import plain

MODEL = Path(__file__).parents[1] / "src/trustact/intake/linereader.onnx"
HELD_BACK = 900_000
"""Sheets from this number on are never taught."""
SURE = 0.9
_MEASURED_ON = 100
"""Batches by which it is measured what a network makes of lines."""
TOGETHER = 50
"""Sheets kept in one file."""


def main() -> None:
    asked = _asked()
    asked.folder.mkdir(exist_ok=True)
    match asked.what:
        case "sheets":
            _make(asked.numbers, asked.folder)
        case "teach":
            _teach(asked.folder, asked.minutes, further=asked.further)
        case "try":
            _try(asked.folder)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    whats = parser.add_subparsers(dest="what", required=True)
    sheets = whats.add_parser("sheets", help="make lines to learn from, or from 900000 on to be tried with")
    sheets.add_argument("numbers", type=_numbers, metavar="A..B", help="first and last sheet")
    lesson = whats.add_parser("teach", help="teach on all sheets made but those held back")
    lesson.add_argument("minutes", type=float)
    lesson.add_argument("--further", action="store_true", help="begin with the network that is kept")
    trial = whats.add_parser("try", help="try the network on the sheets held back")
    for each in (sheets, lesson, trial):
        each.add_argument("--folder", type=Path, default=Path("lines"), help="where the lines are kept")
    return parser.parse_args()


def _numbers(text: str) -> range:
    first, _, last = text.partition("..")
    return range(int(first), int(last or first) + 1)


def _make(numbers: Sequence[int], folder: Path) -> None:
    cv2.setNumThreads(1)
    words = Words()
    for start in range(0, len(numbers), TOGETHER):
        part = numbers[start : start + TOGETHER]
        made = [example for number in part for example in examples(number, words)]
        _keep(made, folder / f"{part[0]:06}.npz")
        print(f"sheets {part[0]} to {part[-1]}: {len(made)} lines", flush=True)


def _keep(made: Sequence[Example], path: Path) -> None:
    np.savez(
        path,
        texts=np.array([example.text for example in made]),
        levels=np.array([example.level for example in made]),
        widths=np.array([example.picture.shape[1] for example in made]),
        dots=np.concatenate([example.picture for example in made], axis=1),
    )


def _kept(paths: Iterable[Path]) -> list[Example]:
    found = []
    for path in sorted(paths):
        with np.load(path) as kept:
            pictures = np.split(kept["dots"], np.cumsum(kept["widths"])[:-1], axis=1)
            texts, levels = map(str, kept["texts"]), map(str, kept["levels"])
            found += [
                Example(text, picture.copy(), level)
                for text, picture, level in zip(texts, pictures, levels, strict=True)
            ]
    return found


def _teach(folder: Path, minutes: float, *, further: bool) -> None:
    torch.manual_seed(1)
    paths = list(folder.glob("*.npz"))
    taught = _kept(path for path in paths if int(path.stem) < HELD_BACK)
    letters = "".join(sorted({*letters_of(taught), *(kept_letters(MODEL) if further else "")}))
    lesson = Lesson(taught, letters, random.Random(1))
    net = restored(MODEL, letters, _measured_on(lesson)) if further else LineNet(len(letters))
    before = copy.deepcopy(net)
    print(f"{len(lesson.examples)} lines, {len(letters)} letters, {sum(w.numel() for w in net.parameters())} weights", flush=True)  # fmt: skip
    for told in teach(net, lesson, 60 * minutes, FURTHER if further else FRESH):
        print(told, flush=True)
        torch.save(net.state_dict(), folder / "taught.pt")
    if further:
        meet_halfway(net, before, _measured_on(lesson))
    exported(net, letters, MODEL)


def _measured_on(lesson: Lesson) -> Iterator[torch.Tensor]:
    """Some batches as they are, to measure on what a network makes of lines."""
    return (lesson.shown(batch, changed=False) for batch in lesson.batches()[:_MEASURED_ON])


def _try(folder: Path) -> None:
    """What the network that is kept makes of the lines held back, state by state."""
    found = defaultdict(list)
    for example in _kept(path for path in folder.glob("*.npz") if int(path.stem) >= HELD_BACK):
        line = linereader.read_prepared(example.picture)
        right = plain(line.text).text == plain(example.text).text
        accents = (
            bare(line.text) == bare(example.text) if right and not bare(example.text).isascii() else None
        )
        found[example.level].append((right, line.confidence, accents))
    for level, lines in found.items():
        sure = [right for right, one, _ in lines if one >= SURE]
        accented = [accents for _, _, accents in lines if accents is not None]
        print(
            f"{level}: {len(lines)} lines, {sum(right for right, *_ in lines) / len(lines):.1%} right; "
            f"sure of {len(sure) / len(lines):.1%}, {1 - sum(sure) / max(1, len(sure)):.2%} of them wrong; "
            f"of {len(accented)} right ones with accents {sum(accented) / max(1, len(accented)):.1%} with all of them"
        )


if __name__ == "__main__":
    main()
