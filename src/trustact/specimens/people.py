"""Invented people: subjects of detainer requests, officers and judges. None of them exists."""

import random
from datetime import date, timedelta

import msgspec


class Culture(msgspec.Struct, frozen=True):
    """Where a subject's names and citizenship come from."""

    citizenship: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]


def _culture(citizenship: str, men: str, women: str, families: str) -> Culture:
    parts = (tuple(part.strip() for part in names.split(",")) for names in (men, women, families))
    return Culture(citizenship, *parts)


CULTURES = (
    _culture(
        "HAITI",
        "Jean Wisly, Réginald, Frantz, Dieudonné",
        "Marie-Ange, Guerdy, Mirlande, Fabiène",
        "Pierre-Louis, Désir, Célestin, Jean-Baptiste, Saint-Félix",
    ),
    _culture(
        "CABO VERDE",
        "João Carlos, Adérito, Nélson, Arlindo",
        "Maria de Fátima, Dulce, Eugénia, Nádia",
        "Évora Tavares, Monteiro, Gonçalves, Andrade, Brandão",
    ),
    _culture(
        "DOMINICAN REPUBLIC",
        "José Ramón, Yunior, Andrés, Welington",
        "Yahaira, Altagracia, Belkis, Inés",
        "Núñez Peña, Rosario, Báez, Ureña, Polanco",
    ),
    _culture(
        "VIETNAM",
        "Văn Thành, Quốc Hưng, Đức Minh, Hữu Phước",
        "Thị Hồng, Ngọc Ánh, Thúy Vy, Thị Lệ",
        "Nguyễn, Trần, Phạm, Đặng, Võ, Bùi",
    ),
    _culture(
        "CHINA, PEOPLE'S REPUBLIC OF",
        "Wei Guo, Jian Hua, Zhi Yuan, Xiao Long",
        "Mei Ling, Xiu Ying, Yu Lan, Fang",
        "Chen, Lü, Zhao, Xu, Huang",
    ),
    _culture(
        "BRAZIL",
        "Antônio, Márcio, Valdemir, Luís Otávio",
        "Conceição, Luzia, Jaqueline, Andréia",
        "Araújo Magalhães, Gusmão, Simões, Queirós, Teixeira",
    ),
    _culture(
        "IRELAND",
        "Seán, Pádraig, Cillian, Eoghan",
        "Siobhán, Aoife, Gráinne, Róisín",
        "Ó Briain, de Búrca, MacCárthaigh, O'Súilleabháin",
    ),
    _culture(
        "SOMALIA",
        "Abdirahman Warsame, Mohamud Ali, Liban Hirsi, Yusuf Geedi",
        "Hodan Abdi, Ifrah Nuur, Sagal Jama, Amina Cabdi",
        "Farah, Hassan, Dirie, Maxamed",
    ),
    _culture(
        "EL SALVADOR",
        "Óscar Ernesto, Wílmer, Edgardo, Jesús Adán",
        "Reina Isabel, Xiomara, Milagro, Noemí",
        "Hernández Argueta, Portillo, Guevara Muñoz, Alvarenga",
    ),
    _culture(
        "GUATEMALA",
        "Tomás, Élmer Rigoberto, Mateo, Julián",
        "Candelaria, Micaela, Juana Elisa, Débora",
        "Tzoc Ajanel, Xicará, Mejía Cux, Ixcoy",
    ),
    _culture(
        "INDIA",
        "Harpreet, Rajesh Kumar, Anirudh, Karthik",
        "Lakshmi, Simran, Ananya, Meenakshi",
        "Gill, Patel, Iyer, Chaudhary, Krishnamurthy",
    ),
    _culture(
        "UKRAINE",
        "Oleksandr, Vasyl, Bohdan, Yevhenii",
        "Oksana, Lesia, Nataliia, Solomiia",
        "Kovalchuk, Shevchenko, Tkachuk, Hryhorenko",
    ),
    _culture(
        "ETHIOPIA",
        "Tesfaye Gebre, Dawit Alemu, Yonas, Bereket",
        "Selamawit, Tigist Bekele, Hirut, Aster",
        "Wolde Mariam, Haile, Desta, Mekonnen",
    ),
    _culture(
        "MOROCCO",
        "Youssef, Abdelkader, Hicham, Rachid",
        "Fatima-Zahra, Khadīja, Naïma, Loubna",
        "El Idrissi, Benjelloun, Aït Baâmrane, Ou-Saïd",
    ),
    _culture(
        "TÜRKİYE",
        "Çağrı, İbrahim, Şükrü, Ömer",  # noqa: RUF001  the dotless i is meant
        "Gülşen, Ayşe, Büşra, Özlem",
        "Yıldırım, Öztürk, Doğan, Çelik",  # noqa: RUF001  the dotless i is meant
    ),
    _culture(
        "NIGERIA",
        "Adéwálé, Ọláwálé, Túndé, Olúwaṣeun",
        "Fọláṣadé, Yétúndé, Adéọlá, Títílọlá",
        "Adéyẹmí, Balógun, Ògúnlésí, Akínṣọlá",
    ),
)


class Subject(msgspec.Struct, frozen=True):
    """The person a request is about. `family` may hold two surnames; `sex` is `M` or `F`."""

    given: str
    family: str
    born: date
    citizenship: str
    sex: str

    @property
    def family_first(self) -> str:
        """`PIERRE-LOUIS, Jean Wisly`."""
        return f"{self.family.upper()}, {self.given}"

    @property
    def given_first(self) -> str:
        """`Jean Wisly PIERRE-LOUIS`."""
        return f"{self.given} {self.family.upper()}"


class Official(msgspec.Struct, frozen=True):
    """One who signs: an immigration officer, a magistrate judge, a deputy clerk."""

    name: str
    title: str


OFFICER_TITLES = (
    "Deportation Officer",
    "Supervisory Detention and Deportation Officer",
    "Assistant Field Office Director",
)
_OFFICIAL_GIVEN = (
    "Rosa T.", "Devon", "Marisol", "Grzegorz", "Amina K.", "Patrick J.", "Thuy", "Leilani", "Hector M.",
    "Priya",
)  # fmt: skip
_OFFICIAL_FAMILY = (
    "Whitfield", "Kowalczyk", "Okonjo-Byrne", "Delacroix", "Marchetti", "Feldmann", "Tran", "Kealoha",
    "Villaseñor", "Raghunathan", "Abernathy", "Lindqvist",
)  # fmt: skip


def subject(rng: random.Random, on: date, culture: Culture | None = None) -> Subject:
    """An invented adult, 18 to 62 years old on the given day."""
    origin = culture or rng.choice(CULTURES)
    sex = rng.choice("MMMF")
    given = rng.choice(origin.men if sex == "M" else origin.women)
    born = on - timedelta(days=rng.randint(18 * 366, 62 * 365))
    return Subject(given, rng.choice(origin.families), born, origin.citizenship, sex)


def official(rng: random.Random, title: str, prefix: str = "") -> Official:
    """An invented official of the given title, with a prefix such as `Hon.` where the title has one."""
    name = f"{rng.choice(_OFFICIAL_GIVEN)} {rng.choice(_OFFICIAL_FAMILY)}"
    return Official(f"{prefix} {name}".strip(), title)
