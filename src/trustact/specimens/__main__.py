"""`python -m trustact.specimens FORM`: one specimen made, kept as a file, and what a faultless reader would find in it."""

import argparse
import json
from pathlib import Path
from typing import get_args

from trustact.failures import BadInput
from trustact.specimens import Level, one, templates
from trustact.specimens.page import PrintId
from trustact.specimens.specimen import SUFFIXES


def main() -> None:
    """The command. A mistake on the shelf ends with exit 2 and its file and line."""
    parser = argparse.ArgumentParser(prog="python -m trustact.specimens", description=__doc__)
    try:
        forms = list(templates())
    except BadInput as wrong:
        parser.error(str(wrong))
    parser.add_argument("form", choices=forms, metavar="FORM", help=", ".join(forms))
    parser.add_argument("--print", choices=get_args(PrintId), default="A", dest="print_id")
    parser.add_argument("--level", choices=get_args(Level), default="text", help="in what state it arrives")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same matter and noise")
    parser.add_argument("--by-hand", action="store_true", help="some places stamped or written by hand")
    parser.add_argument("--out", type=Path, help="the file it is kept in; named after it without")
    asked = parser.parse_args()
    made = one(asked.form, asked.seed, asked.print_id, asked.level, by_hand=asked.by_hand)
    kept = asked.out or Path(f"{made.name}.{SUFFIXES[made.media_type]}")
    kept.write_bytes(made.data)
    truth = {field: {"value": value, "hand": made.hands[field]} for field, value in made.truth.items()}
    print(json.dumps({"file": str(kept), "form": made.form, "truth": truth}, ensure_ascii=False, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
