"""Who looks into the database's files keeps hold of the database."""

import subprocess
import sys

from trustact.records.append import append, size
from trustact.records.erasure import found_in_files
from trustact.records.office import Office

OTHER = """
import sys
from pathlib import Path
from trustact.cli.opened import existing
office = existing(Path(sys.argv[1]))
from trustact.records.append import append, size
if sys.argv[2] == "append":
    append(office, "letter-approved", {}, actor="another process")
print(size())
"""


def other(office: Office, what: str) -> int:
    """How many entries another process counts, which comes, may write, and goes."""
    command = [sys.executable, "-c", OTHER, str(office.folder), what]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def test_what_is_written_after_looking_is_there_for_everybody(office: Office) -> None:
    append(office, "letter-approved", {}, actor="this process")
    assert found_in_files([b"nothing of the kind"]) == []
    assert other(office, "append") == 2
    append(office, "letter-approved", {}, actor="this process")
    assert other(office, "count") == size() == 3
