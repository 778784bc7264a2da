"""`trustact law`: the laws on the shelf, as pages, checked, and with their worked examples run."""

import datetime as dt
from pathlib import Path

import click
import msgspec

from trustact.casework.clock import now
from trustact.cli.inputs import own_shelf
from trustact.cli.law_proofs import diff_law, proof_lines, proofs_of, refuted
from trustact.failures import BadInput
from trustact.law.loading import Law, law_ids, load_law
from trustact.law.period import moment
from trustact.shelves import shelf


@click.group()
def law() -> None:
    """Look at the laws, check and prove them, run their worked examples, see what an amendment changed."""


law.add_command(diff_law)


@law.command("new", epilog='Example: trustact law new us-ma-cambridge --name "Welcoming Community Ordinance"')
@click.argument("law_id", metavar="LAW")
@click.option("--name", required=True, help="What the law is called.")
@click.option("--stands-on", default="us", show_default=True, help="The law it stands on.")
@click.option("--begins", metavar="DATE", help="The first day in force; today without.")
@click.option(
    "--laws",
    type=click.Path(path_type=Path, file_okay=False),
    help="An agency's own law shelf, made if it is not there; without, the bundled one.",
)
def new_law(law_id: str, name: str, stands_on: str, begins: str | None, laws: Path | None) -> None:
    """Make the folder of a new law: a pack and a worked example that load and pass, to be written over."""
    from trustact.law.scaffold import scaffold

    below = load_law(stands_on, laws)
    files = scaffold(law_id, name, stands_on, _day(below, begins))
    folder = (laws or shelf("laws")) / law_id
    if folder.exists():
        raise BadInput(f"{folder} is there already: name another law")
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    shelf_named = f" --laws {laws}" if laws else ""
    click.echo(f"{folder}: write over law.yaml and cases.yaml, then: trustact law test {law_id}{shelf_named}")


@law.command("list", epilog="Example: trustact law list --json")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@own_shelf
def list_laws(laws: Path | None, *, as_json: bool) -> None:
    """List the laws on the shelf."""
    texts = [load_law(law_id, laws) for law_id in law_ids(laws)]
    if as_json:
        click.echo(msgspec.json.encode([_summary(text) for text in texts]))
        return
    for text in texts:
        signed = "signed" if text.data.signed_by_counsel else "draft"
        click.echo(f"{text.id:22} {signed:6} {text.data.citation}")


def _summary(text: Law) -> dict[str, object]:
    return {
        "law": text.id,
        "name": text.data.name,
        "citation": text.data.citation,
        "begins": text.data.begins,
        "stands_on": text.data.stands_on or None,
        "signed_by_counsel": text.data.signed_by_counsel,
        "verified_on": text.data.verified_on,
        "pack_digest": text.digest,
    }


@law.command("show", epilog="Example: trustact law show us-ma-boston --html --out boston.html")
@click.argument("law_id", metavar="LAW")
@click.option("--at", metavar="DATE", help="The day; today without.")
@click.option(
    "--html", "as_html", is_flag=True, help="As one HTML page with every version, to read or print."
)
@click.option("--json", "as_json", is_flag=True, help="The pack as data.")
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Into this file."
)
@own_shelf
def show_law(
    law_id: str, at: str | None, out: Path | None, laws: Path | None, *, as_html: bool, as_json: bool
) -> None:
    """Show LAW as a page: each provision with its rules."""
    if as_html and as_json:
        raise BadInput("--html and --json: choose one")
    text = load_law(law_id, laws)
    if as_json:
        page = text.archive.decode() + "\n"
    elif as_html:
        from trustact.desk.law_page import law_page

        page = law_page(text, _day(text, at))
    else:
        from trustact.law.show import show

        page = show(text, _day(text, at))
    _put(page, out)


def _put(page: str, out: Path | None) -> None:
    if out is None:
        click.echo(page, nl=False)
        return
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as wrong:
        raise BadInput(f"{out}: cannot be written: {wrong.strerror}") from None


def _day(text: Law, at: str | None) -> dt.date:
    when = moment(at, text.data.time_zone) if at else now()
    return when.date()


@law.command("check", epilog="Example: trustact law check us-ma-boston")
@click.argument("law_id", metavar="[LAW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@own_shelf
def check_law(law_id: str | None, laws: Path | None, *, as_json: bool) -> int:
    """Say what is wrong with LAW, or with every law on the shelf; exit code 1 where something is."""
    from trustact.law.cases import read_cases, run_cases
    from trustact.law.check import Remark, check
    from trustact.law.theorem import Proof

    found: list[tuple[str, Remark]] = []
    proofs: list[Proof] = []
    for name in [law_id] if law_id else law_ids(laws):
        text = load_law(name, laws)
        proofs += proofs_of(text)
        found += [(name, remark) for remark in check(text, run_cases(text, read_cases(name, laws), laws))]
    if as_json:
        remarks = [{"law": name, **msgspec.to_builtins(remark)} for name, remark in found]
        click.echo(msgspec.json.encode({"remarks": remarks, "theorems": proofs}))
    else:
        for _, remark in found:
            click.echo(f"{remark.severity}: {remark.where}: {remark.message}")
        click.echo(f"{len(found)} remarks" if found else "nothing is wrong")
        click.echo("\n".join(proof_lines(proofs)))
    return int(any(remark.severity == "error" for _, remark in found) or refuted(proofs))


@law.command("test", epilog="Example: trustact law test us-ma-boston")
@click.argument("law_id", metavar="[LAW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@own_shelf
def test_law(law_id: str | None, laws: Path | None, *, as_json: bool) -> int:
    """Run the worked examples of LAW, or of every law; exit code 1 where one does not come out as written."""
    from trustact.law.cases import read_cases, run_cases

    results = []
    for name in [law_id] if law_id else law_ids(laws):
        text = load_law(name, laws)
        results += [(name, result) for result in run_cases(text, read_cases(name, laws), laws)]
    failed = [(name, result) for name, result in results if result.mismatches]
    if as_json:
        click.echo(
            msgspec.json.encode([{"law": name, **msgspec.to_builtins(result)} for name, result in results])
        )
        return int(bool(failed))
    for name, result in failed:
        click.echo(f"{name}: {result.case}: {'; '.join(result.mismatches)}")
    click.echo(f"{len(results) - len(failed)} of {len(results)} worked examples come out as written")
    return int(bool(failed))
