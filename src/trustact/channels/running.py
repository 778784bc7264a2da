"""The office's intake: every configured channel in a thread of its own, and the reading processes, until stopped."""

from threading import Event, Thread

from trustact.casework.channel_states import forget_all_but
from trustact.channels.attend import Channel, Say, attend
from trustact.channels.plan import channels_of
from trustact.channels.readers import Reader
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
        forget_all_but([channel.name for channel in channels])
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


def _listed(channels: list[Channel]) -> str:
    return ", ".join(channel.name for channel in channels) or "no channel is configured"
