"""`trustact law`: the laws on the shelf, as pages, checked, and with their worked examples run."""

import datetime as dt

import click
import msgspec

from trustact.casework.clock import now
from trustact.law.loading import Law, law_ids, load_law
from trustact.law.period import moment


@click.group()
def law() -> None:
    """Look at the laws, check them, run their worked examples."""


@law.command("list", epilog="Example: trustact law list --json")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def list_laws(*, as_json: bool) -> None:
    """List the laws on the shelf."""
    laws = [load_law(law_id) for law_id in law_ids()]
    if as_json:
        click.echo(msgspec.json.encode([_summary(text) for text in laws]))
        return
    for text in laws:
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


@law.command("show", epilog="Example: trustact law show us-ma-boston --at 2019-01-01")
@click.argument("law_id", metavar="LAW")
@click.option("--at", metavar="DATE", help="The day; today without.")
@click.option("--json", "as_json", is_flag=True, help="The pack as data.")
def show_law(law_id: str, at: str | None, *, as_json: bool) -> None:
    """Show LAW as a page: each provision with its rules."""
    from trustact.law.show import show

    text = load_law(law_id)
    click.echo(text.archive if as_json else show(text, _day(text, at)))


def _day(text: Law, at: str | None) -> dt.date:
    when = moment(at, text.data.time_zone) if at else now()
    return when.date()


@law.command("check", epilog="Example: trustact law check us-ma-boston")
@click.argument("law_id", metavar="[LAW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def check_law(law_id: str | None, *, as_json: bool) -> int:
    """Say what is wrong with LAW, or with every law on the shelf; exit code 1 where something is."""
    from trustact.law.cases import read_cases, run_cases
    from trustact.law.check import check

    found = []
    for name in [law_id] if law_id else law_ids():
        text = load_law(name)
        found += [(name, remark) for remark in check(text, run_cases(text, read_cases(name)))]
    if as_json:
        click.echo(
            msgspec.json.encode([{"law": name, **msgspec.to_builtins(remark)} for name, remark in found])
        )
    else:
        for name, remark in found:
            click.echo(f"{remark.severity}: {name}: {remark.where}: {remark.message}")
        click.echo(f"{len(found)} remarks" if found else "nothing is wrong")
    return int(any(remark.severity == "error" for _, remark in found))


@law.command("test", epilog="Example: trustact law test us-ma-boston")
@click.argument("law_id", metavar="[LAW]", required=False)
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def test_law(law_id: str | None, *, as_json: bool) -> int:
    """Run the worked examples of LAW, or of every law; exit code 1 where one does not come out as written."""
    from trustact.law.cases import read_cases, run_cases

    results = []
    for name in [law_id] if law_id else law_ids():
        text = load_law(name)
        results += [(name, result) for result in run_cases(text, read_cases(name))]
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
