"""What the lines to learn from say: invented names, addresses, offices, numbers, and words nobody has.

No name of a person or place comes from the lists the specimens are filled in from; the titles of offices are real ones.
"""

import random
import string
import unicodedata
from collections.abc import Callable

from faker import Faker

from trustact.intake.accents import STROKED


def _listed(words: str, mark: str = " ") -> tuple[str, ...]:
    return tuple(word.strip() for word in words.replace("\n", " ").split(mark) if word.strip())


LOCALES = _listed("""
en_US es_MX es_ES pt_BR pt_PT fr_FR vi_VN vi_VN vi_VN pt_BR tr_TR pl_PL en_IN it_IT de_DE cs_CZ hr_HR sv_SE no_NO da_DK
ro_RO hu_HU en_NG lt_LT lv_LV es_CO fr_CA nl_NL yo_NG fil_PH zu_ZA en_PH
""")
"""Vietnamese thrice and Portuguese of Brazil twice: their accents are the most, and the likest one another."""
OFFICIALS = (*["en_US"] * 3, "es_MX", "pl_PL", "en_IN", "it_IT", "vi_VN", "fr_FR", "pt_PT", "de_DE")
TITLES = _listed(
    """
Deportation Officer, Detention and Deportation Officer, Supervisory Deportation Officer, Immigration Officer,
Immigration Enforcement Agent, Field Office Director, Deputy Field Office Director, Special Agent, Acting
Field Office Director, Supervisory Special Agent, Border Patrol Agent, Group Supervisor, Unit Chief, U.S.
Magistrate Judge, United States District Judge, Chief Judge, Deputy Clerk, Clerk of Court, Section Chief,
Resident Agent in Charge, Watch Commander, Patrol Agent in Charge, Supervisory Immigration Officer,
Immigration Judge, Associate Justice, Assistant Clerk Magistrate, Officer in Charge, District Director, Port
Director, Chief Patrol Agent, Supervisory Detention and Deportation Officer, Assistant Field Office Director
""",
    ",",
)
AGENCIES = (
    "{} Police Department", "{} Sheriff's Office", "{} County Jail", "{} House of Correction", "{} State Police",
    "{} Department of Public Safety", "{} Detention Center", "{} Department of Correction", "{} Transit Police",
    "ICE ERO {} Field Office", "ICE ERO {} Sub-Office", "DHS ICE {}", "Immigration and Customs Enforcement",
    "U.S. Border Patrol, {} Sector", "{} Law Enforcement Center", "Homeland Security Investigations",
    "Customs and Border Protection", "Enforcement and Removal Operations", "{} Field Office", "Fugitive Operations",
    "Office of the Principal Legal Advisor", "Police Department", "Sheriff's Office", "Detention Center",
)  # fmt: skip
PARTS = ("District", "Station", "Precinct", "Area", "Division", "Troop", "Sector", "Zone")
CRIMES = _listed(
    """
Reentry of Removed Alien, Improper Entry, Possession of Firearm by Prohibited Person, Wire Fraud, Bank Fraud,
Aggravated Felony, Failure to Appear, Misuse of Visa, Drug Trafficking, Conspiracy, False Statement, Identity
Theft, Assault on Federal Officer, Passport Fraud, Money Laundering, after Felony Conviction, Illegal Reentry
after Deportation, Failure to Depart, Distribution of Fentanyl, Alien Smuggling
""",
    ",",
)
STREETS = _listed("""
Street St Avenue Ave Road Rd Boulevard Blvd Drive Way Lane Highway Parkway Square Place Court Broadway
Plaza Terrace Pike Circle
""")
STATES = _listed("""
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH
OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC
""")
ACCENTED = (
    "àáâãäåçèéêëìíîïñòóôõöùúûüýăđơưọẹṣạảầấậắềếệểịỉĩồốộớợờủụứừữựỳỹğışćčłńśšźžżřěőűųșțāēīōū"
    "ằẳẵặẩẫẻẽễỏổỗởỡũửỷỵďťňůľģķļøæœßðþ"
)
MONTHS = _listed("""
January February March April May June July August September October November December
""")


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter.translate(STROKED))[0]


ALIKE = {plain: [letter for letter in ACCENTED if _plain(letter) == plain] for plain in map(_plain, ACCENTED)}
"""The letters that differ in their accents alone, by the plain one."""


class Words:
    """Everything that is drawn comes from the seed of the sheet it is drawn for."""

    def __init__(self) -> None:
        self.chance = random.Random()
        self.people = {locale: Faker(locale) for locale in LOCALES}

    def begin(self, seed: int) -> None:
        """Begin a sheet."""
        self.chance.seed(seed)
        for place, faker in enumerate(self.people.values()):
            faker.seed_instance(seed * len(LOCALES) + place)

    def line(self) -> str:
        """One line, each accented letter as one character, as often of each sort as it stands on forms."""
        sorts: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.24, self.subject),
            (0.12, self.signature),
            (0.06, lambda: self.chance.choice(TITLES)),
            (0.12, self.agency),
            (0.12, self.address),
            (0.06, self.date),
            (0.08, self.number),
            (0.03, self.country),
            (0.03, self.offence),
            (0.03, self.court),
            (0.05, self.gibberish),
            (0.06, self.jumble),
        )
        (draw,) = self.chance.choices([sort for _, sort in sorts], [often for often, _ in sorts])
        text = draw()
        if self.chance.random() < 0.04:
            text = text.upper()
        return " ".join(unicodedata.normalize("NFC", text).split())

    def subject(self) -> str:
        """A person's name, the family name first or last, in capitals or not."""
        chance, faker = self.chance, self.people[self.chance.choice(LOCALES)]
        known = chance.random() >= 0.25
        given = faker.first_name() if known else self.word().capitalize()
        family = faker.last_name() if known else self.word().capitalize()
        if chance.random() < 0.3:
            given += chance.choice("  -") + (
                faker.first_name() if chance.random() < 0.7 else self.word().capitalize()
            )
        if chance.random() < 0.25:
            family += chance.choice(" -") + (
                faker.last_name() if chance.random() < 0.7 else self.word().capitalize()
            )
        if chance.random() < 0.05:
            family = (
                chance.choice(("O'", "Mac", "de ", "da ", "El ", "Al-", "Ó ", "van ", "D'", "Ní ")) + family
            )
        if chance.random() < 0.12:
            given, family = self.with_other_accents(given), self.with_other_accents(family)
        return chance.choices(
            (
                f"{family.upper()}, {given}",
                f"{given} {family.upper()}",
                f"{family}, {given}".upper(),
                f"{given} {family}",
            ),
            (0.35, 0.25, 0.25, 0.15),
        )[0]

    def with_other_accents(self, name: str) -> str:
        """A name with accents nobody has on it: which accent stands there is to be seen, not known from the name."""
        letters = []
        for letter in unicodedata.normalize("NFC", name):
            plain = _plain(letter.lower())
            if plain in ALIKE and self.chance.random() < (0.25 if plain == letter.lower() else 0.5):
                other = self.chance.choice(ALIKE[plain])
                letters.append(other.upper() if letter.isupper() else other)
            else:
                letters.append(letter)
        return "".join(letters)

    def signature(self) -> str:
        """An official's name, at times with the title."""
        chance, faker = self.chance, self.people[self.chance.choice(OFFICIALS)]
        given = faker.first_name() + (
            f" {chance.choice(string.ascii_uppercase)}." if chance.random() < 0.3 else ""
        )
        family = faker.last_name()
        if chance.random() < 0.12:
            family += "-" + self.people["en_US"].last_name()
        name = f"{'Hon. ' if chance.random() < 0.15 else ''}{given} {family}"
        return f"{name}, {chance.choice(TITLES)}" if chance.random() < 0.35 else name

    def agency(self) -> str:
        """An office or a station."""
        name = self.chance.choice(AGENCIES).format(self.city())
        if self.chance.random() < 0.35:
            letter, number = self.chance.choice(string.ascii_uppercase), self.chance.randint(1, 30)
            name += (
                f", {self.chance.choice(PARTS)} {self.chance.choice((f'{letter}-{number}', number, letter))}"
            )
        return name

    def address(self) -> str:
        """A street, a city, or both."""
        street, town = self.street(), f"{self.city()}, {self.chance.choice(STATES)} {self.digits(5)}"
        return self.chance.choices((f"{street}, {town}", town, street), (0.7, 0.15, 0.15))[0]

    def street(self) -> str:
        chance = self.chance
        name = self.people["en_US"].last_name() if chance.random() < 0.6 else self.word().capitalize()
        if chance.random() < 0.15:
            name = (
                f"{chance.choice(('New', 'West', 'East', 'North', 'South', 'Old', 'Mount', 'Saint'))} {name}"
            )
        number = chance.choice((chance.randint(1, 99), chance.randint(100, 999), chance.randint(1000, 9999)))
        return f"{number} {name} {chance.choice(STREETS)}"

    def city(self) -> str:
        return self.people["en_US"].city() if self.chance.random() < 0.6 else self.word().capitalize()

    def country(self) -> str:
        name = str(self.people["en_US"].country())
        return name.upper() if self.chance.random() < 0.8 else name

    def date(self) -> str:
        """A day in one of the ways forms print it."""
        chance = self.chance
        month, day = chance.randint(1, 12), chance.randint(1, 28 if chance.random() < 0.8 else 31)
        year = chance.choice((chance.randint(1935, 2010), chance.randint(2010, 2032)))
        name = MONTHS[month - 1]
        ways = {
            f"{month:02}/{day:02}/{year}": 2,
            f"{name} {day}, {year}": 2,
            f"{day:02}-{name[:3]}-{year}": 2,
            f"{day:02}-{name[:3].upper()}-{year}": 1,
            f"{month}/{day}/{year}": 1,
            f"{month:02}-{day:02}-{year}": 1,
            f"{month:02}/{day:02}/{year % 100:02}": 1,
            f"{day} {name} {year}": 1,
            f"{name[:3]}. {day}, {year}": 1,
            f"{year}-{month:02}-{day:02}": 1,
        }
        return chance.choices(list(ways), list(ways.values()))[0]

    def number(self) -> str:
        """A file, event, case, telephone or other number."""
        chance, digits = self.chance, self.digits
        first, second, third = digits(3), digits(3), digits(3)
        if chance.random() < 0.4:
            first = "000" if chance.random() < 0.5 else chance.choice("02") + digits(2)
        site = "".join(chance.choices(string.ascii_uppercase, k=3))
        initials = "".join(chance.choices(string.ascii_uppercase, k=chance.randint(2, 4)))
        year = chance.randint(10, 30)
        return chance.choice(
            (
                f"A {first} {second} {third}",
                f"A{first}-{second}-{third}",
                f"A{first}{second}{third}",
                f"A{first} {second} {third}",
                f"{first}{second}{third}",
                digits(chance.randint(4, 12)),
                site + digits(10),
                site + digits(10),
                f"{year}-{chance.choice(('mj', 'cr', 'MJ', 'CR', 'cv', 'po'))}-{digits(chance.choice((4, 4, 5)))}-{initials}",
                f"{year}-{chance.choice(('mj', 'cr'))}-{digits(4)}",
                f"({first}) {second}-{digits(4)}",
                f"{first}-{second}-{digits(4)}",
                f"{digits(4)}CR{digits(6)}",
                digits(chance.randint(1, 5)),
                site[0] + digits(8),
            )
        )

    def digits(self, count: int) -> str:
        return "".join(self.chance.choices(string.digits, k=count))

    def offence(self) -> str:
        chance = self.chance
        section = chance.choice(("", "A", "(a)", "(b)(1)", "(a)(1)", "(a), (b)(2)", "(g)(5)", "(a), (b)(1)"))
        text = f"{chance.choice((8, 8, 8, 18, 18, 21, 26, 49))} U.S.C. § {chance.randint(2, 1999)}{section}"
        return f"{text} - {chance.choice(CRIMES)}" if chance.random() < 0.8 else text

    def court(self) -> str:
        state, part = self.people["en_US"].state(), self.chance.choice(("Northern", "Southern", "Eastern", "Western", "Middle", "Central"))  # fmt: skip
        return self.chance.choice(
            (
                f"District of {state}",
                f"{part} District of {state}",
                "UNITED STATES DISTRICT COURT",
                f"{self.city()} Municipal Court",
                f"{self.city()} District Court",
                f"Superior Court of {state}",
                self.chance.choice(("M", "F", "Male", "Female", "MALE", "FEMALE")),
            )
        )

    def gibberish(self) -> str:
        return " ".join(self.word() for _ in range(self.chance.randint(1, 5)))

    def word(self) -> str:
        """A word nobody has: vowels and consonants mostly by turns, at times an accent."""
        chance = self.chance
        letters = [
            chance.choice(("aeiouyaeio", "bcdfghjklmnpqrstvwxzlrnst")[place % 2])
            if chance.random() < 0.85
            else chance.choice(string.ascii_lowercase)
            for place in range(chance.randint(2, 11))
        ]
        if chance.random() < 0.12:
            letters[chance.randrange(len(letters))] = chance.choice(ACCENTED)
        word = "".join(letters)
        return chance.choices((word.capitalize(), word.upper(), word), (0.5, 0.3, 0.2))[0]

    def jumble(self) -> str:
        """Letters, digits and marks in no order: what keeps the reader from reading words where there are none."""
        chance = self.chance
        capitals, letters = string.ascii_uppercase + string.digits, string.ascii_letters
        (pool,) = chance.choices(
            (capitals, letters, letters + string.digits + ".,-/'()&:#§;", string.digits + "/-. "),
            (0.35, 0.25, 0.25, 0.15),
        )
        text = "".join(chance.choices(pool, k=chance.randint(1, 16)))
        if chance.random() < 0.4 and len(text) > 5:
            gap = chance.randint(2, len(text) - 2)
            text = f"{text[:gap]} {text[gap:]}"
        return text
