"""Style sheets, pictures and scripts: all there, served for ever, swapped by an office's own."""

import json
import re
from pathlib import Path

from django.templatetags.static import static
from django.test import Client, override_settings

from trustact.desk.dress import BUNDLED, fingerprint, own_dress
from trustact.desk.secret import secret_key
from trustact.records.office import Office

ROOT = Path(__file__).parents[2]


def test_everything_a_style_sheet_names_is_there() -> None:
    for sheet in BUNDLED.rglob("*.css"):
        for address in re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).resolve().is_file(), f"{sheet.name} names {address}"


def test_every_icon_the_templates_name_is_in_the_sprite() -> None:
    sprite = (BUNDLED / "vendor/uswds/dist/img/sprite.svg").read_text(encoding="utf-8")
    for template in (BUNDLED.parent / "templates").rglob("*.html"):
        for name in re.findall(r"{% icon '(\w+)' %}", template.read_text(encoding="utf-8")):
            assert f'id="{name}"' in sprite, f"{template.name} names {name}"


PRINTED = "law_page.html"
"""What `law show --html` writes: a file that carries its style with it, and that the desk never serves."""


def test_no_page_of_the_desk_has_inline_style_or_script() -> None:
    for template in (BUNDLED.parent / "templates").rglob("*.html"):
        if template.name == PRINTED:
            continue
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?! src)", text), template.name


def test_files_are_served_without_sign_in_and_kept_for_ever(desk: Office) -> None:
    answer = Client().get(static("desk/desk.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()


def test_any_changed_byte_changes_every_address(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a{}")
    before = fingerprint([tmp_path])
    (tmp_path / "a.css").write_text("b{}")
    assert fingerprint([tmp_path]) != before


def test_an_office_dresses_the_desk_in_its_own_colours(office: Office) -> None:
    assert own_dress(office.folder) == []
    own = office.folder / "static" / "desk" / "tokens.css"
    own.parent.mkdir(parents=True)
    own.write_text(":root{--desk-brand:#000}")
    from tests.desk.conftest import web_settings

    with override_settings(**{**web_settings(office), "STATICFILES_DIRS": own_dress(office.folder)}):
        answer = Client().get(static("desk/tokens.css"))
        assert b"".join(answer.streaming_content) == own.read_bytes()  # type: ignore[attr-defined]
        answer.close()


def test_the_secret_is_made_once_for_its_owner_alone(office: Office, tmp_path: Path) -> None:
    key = secret_key(office.folder)
    assert secret_key(office.folder) == key
    assert (office.folder / "keys" / "desk.key").stat().st_mode & 0o777 == 0o600
    assert secret_key(tmp_path / "no-office") != secret_key(tmp_path / "no-office")


def test_the_lock_file_holds_the_one_package_and_what_it_needs() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert wanted == {"@uswds/uswds": "3.14.0"}
    assert locked["node_modules/@uswds/uswds"]["version"] == "3.14.0"
    assert all("integrity" in package for name, package in locked.items() if name)
    assert all("resolved" not in package for package in locked.values())
