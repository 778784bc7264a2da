"""A template filled in with a matter: the sheet that is typeset."""

from collections.abc import Iterable, Iterator

from trustact.specimens import page, prints
from trustact.specimens.markup import Filler
from trustact.specimens.matter import Matter
from trustact.specimens.page import Bar, Cell, Check, Gap, Para, PrintId, Row, Sheet, Tick
from trustact.specimens.template import LOOK_ALIKE, Block, Box, Template, parts


def sheet(template: Template, case: Matter, print_id: PrintId, *, by_hand: bool = False) -> Sheet:
    """The sheet of that matter in that print; `by_hand` has some places stamped or written. A look-alike reads as nothing."""
    words = {"edition": template.editions.get(print_id, template.editions.get("A", "")), **template.words}
    words |= {name.upper(): word.upper() for name, word in words.items()}
    filler = Filler(case, print_id, words, reads=template.form != LOOK_ALIKE, by_hand=by_hand)
    pages = tuple(
        page.Page(tuple(_blocks(each.blocks, filler, print_id)), _foot(each.foot, filler), each.font)
        for each in template.pages
    )
    return Sheet(template.form, prints.LOOKS[template.looks][print_id], pages)


def _foot(foot: tuple[str, str, str], filler: Filler) -> tuple[str, str, str]:
    left, middle, right = (filler.plain(part) for part in foot)
    return left, middle, right


def _blocks(blocks: Iterable[Block], filler: Filler, print_id: PrintId) -> Iterator[page.Block]:
    for block in blocks:
        if print_id not in block.only:
            continue
        if block.part is not None:
            yield from _blocks(parts()[block.part], filler, print_id)
        else:
            yield _block(block, filler)


def _block(block: Block, filler: Filler) -> page.Block:
    if block.gap is not None:
        return Gap(block.gap)
    if block.bar is not None:
        return Bar(filler.plain(block.bar), **_after(block))
    if block.row is not None:
        return Row(
            tuple(_cell(box, filler, block.size / 100) for box in block.row), block.height, **_after(block)
        )
    if block.check is not None:
        return _check(block, filler.spans(block.check))
    return Para(
        filler.spans(block.text or ""),
        size=block.size / 100,
        align=block.align,
        indent=block.indent or 0,
        mark=block.mark,
        hang=block.hang,
        **_after(block),
    )


def _check(block: Block, spans: tuple[page.Span, ...]) -> Check:
    tick, *words = spans
    if not isinstance(tick, Tick):
        raise TypeError(f"a check begins with its tick box: {block.check}")
    indent = {} if block.indent is None else {"indent": block.indent}
    return Check(tick, tuple(words), **indent, **_after(block))


def _cell(box: Box, filler: Filler, size: float) -> Cell:
    spans = filler.spans(box.holds, captioned=box.caption == "below", size=size)
    return Cell(box.share, filler.plain(box.label), spans, box.caption, box.border)


def _after(block: Block) -> dict[str, float]:
    return {} if block.after is None else {"after": block.after}
