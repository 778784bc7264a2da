"""The WSGI application that `trustact witness serve` runs, for the folder in TRUSTACT_WITNESS."""

import os
from pathlib import Path

from trustact.casework.clock import now
from trustact.witness.application import Application
from trustact.witness.folder import WitnessFolder

application = Application(WitnessFolder(Path(os.environ["TRUSTACT_WITNESS"])), now)
