"""Where requests go to and come from: Boston's police districts, ICE's offices, the federal court."""

import msgspec

COURT = "District of Massachusetts"
"""The district of every invented warrant here; its court sits in Boston."""

SUPPORT_CENTER = "(802) 872-6020"
"""ICE's Law Enforcement Support Center, as the I-247 forms print it."""

TOLL_FREE = "(855) 448-6903"
"""The number the I-247A's notice gives to the person held."""


class Station(msgspec.Struct, frozen=True):
    """A police district: its code as the department writes it, and its street address."""

    code: str
    street: str
    zip_code: str

    @property
    def addressee(self) -> str:
        """The TO block of a form, two lines."""
        return f"Boston Police Department, District {self.code}\n{self.street}, Boston, MA {self.zip_code}"


class Office(msgspec.Struct, frozen=True):
    """A federal office that issues requests: its code in event numbers, name, address, invented numbers."""

    code: str
    name: str
    address: str
    phone: str
    fax: str

    @property
    def sender(self) -> str:
        """The FROM block of a form, two lines."""
        return f"{self.name}\n{self.address}"


STATIONS = (
    Station("A-1", "40 New Sudbury Street", "02114"),
    Station("A-7", "69 Paris Street", "02128"),
    Station("B-2", "2400 Washington Street", "02119"),
    Station("B-3", "1165 Blue Hill Avenue", "02124"),
    Station("C-6", "101 West Broadway", "02127"),
    Station("C-11", "40 Gibson Street", "02122"),
    Station("D-4", "650 Harrison Avenue", "02118"),
    Station("D-14", "301 Washington Street", "02135"),
    Station("E-5", "1708 Centre Street", "02132"),
    Station("E-13", "3347 Washington Street", "02130"),
    Station("E-18", "1249 Hyde Park Avenue", "02136"),
)

OFFICES = (
    Office("BOS", "ICE ERO Boston Field Office", "1000 District Avenue, Burlington, MA 01803",
           "(781) 555-0142", "781 555 0143"),
    Office("HAR", "ICE ERO Hartford Sub-Office", "450 Main Street, Hartford, CT 06103",
           "(860) 555-0117", "860 555 0118"),
    Office("PRO", "ICE ERO Providence Sub-Office", "200 Dyer Street, Providence, RI 02903",
           "(401) 555-0129", "401 555 0130"),
    Office("LES", "ICE Law Enforcement Support Center", "188 Harvest Lane, Williston, VT 05495",
           "(802) 555-0164", "802 555 0165"),
)  # fmt: skip


def station(code: str) -> Station:
    """The district of that code. Raises `LookupError` for a code Boston does not have."""
    for place in STATIONS:
        if place.code == code:
            return place
    msg = f"no Boston police district {code!r}; the districts are {[s.code for s in STATIONS]}"
    raise LookupError(msg)
