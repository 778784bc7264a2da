"""trustact: civil immigration detainer requests, decided by law as data and kept on a record anyone can verify.

`load_law` and `decide` are the library's two verbs; they load on first use, so that the ledger's verifier
starts without the law engine.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trustact.law.decide import decide
    from trustact.law.loading import load_law

__version__ = "0.1.0"
__all__ = ["decide", "load_law"]


def __getattr__(name: str) -> Any:
    if name == "decide":
        from trustact.law.decide import decide

        return decide
    if name == "load_law":
        from trustact.law.loading import load_law

        return load_law
    raise AttributeError(f"module 'trustact' has no attribute {name!r}")
