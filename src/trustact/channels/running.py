"""The office's intake: every configured channel in a thread of its own, and the reading processes, until stopped."""

from threading import Event, Thread

from trustact.channels.attend import Channel, Say, attend
from trustact.channels.folder import WatchedFolder
from trustact.channels.readers import Reader
from trustact.failures import BadInput
from trustact.misfit import nearest
from trustact.records.connection import only_intake
from trustact.records.office import Office

_WATCH = 0.5
_PATIENCE = 10.0


def run(office: Office, stop: Event, say: Say) -> None:
    """Attend every channel and keep the reading going until told to stop.

    Raises BadInput for settings that cannot be, and OfficeError where an intake of this office already runs.
    """
    channels = channels_of(office)
    readers = [Reader(office, f"reader-{number}") for number in range(1, office.settings.intake.readers + 1)]
    with only_intake(office):
        threads = [
            Thread(target=attend, args=(office, channel, stop, say), name=channel.name, daemon=True)
            for channel in channels
        ]
        for thread in threads:
            thread.start()
        say(f"intake of {office.settings.agency}: {_listed(channels)}; {len(readers)} reading")
        while not stop.wait(_WATCH):
            for reader in readers:
                reader.watch(say)
        for channel in channels:
            channel.close()
        for reader in readers:
            reader.stop()
        for thread in threads:
            thread.join(_PATIENCE)


def channels_of(office: Office) -> list[Channel]:
    """Every channel the office's settings name. Raises BadInput for a mistake in them."""
    channels: list[Channel] = [WatchedFolder(office, folder) for folder in office.settings.intake.folders]
    names = [channel.name for channel in channels]
    for name in names:
        if names.count(name) > 1:
            raise BadInput(f"{office.folder}/office.yaml: two channels are called '{name}'")
    _check_codes(office)
    return channels


def _check_codes(office: Office) -> None:
    """Every station and channel code a channel gives its receipts is one the office knows."""
    intake = office.settings.intake
    for kind, known, given in (
        ("station", office.settings.stations, [folder.station for folder in intake.folders]),
        ("channel", office.settings.channels, [folder.channel for folder in intake.folders]),
    ):
        for code in given:
            if known and code not in known:
                raise BadInput(
                    f"{office.folder}/office.yaml: intake names the {kind} '{code}', "
                    f"which is not among the office's{nearest(code, known)}"
                )


def _listed(channels: list[Channel]) -> str:
    return ", ".join(channel.name for channel in channels) or "no channel is configured"
