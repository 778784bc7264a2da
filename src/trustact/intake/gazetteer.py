"""Words that values are made of: countries, states, and what stands in addresses and titles.

They tell whether a value was read whole, and what a bent word of it is; no name of a person is ever replaced by one of them.
"""

from collections.abc import Iterator

from trustact.intake.wording import plain


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


COUNTRIES: tuple[str, ...] = tuple(
    name.strip()
    for name in """
Afghanistan, Albania, Algeria, Andorra, Angola, Antigua and Barbuda, Antigua-Barbuda, Argentina, Armenia, Aruba,
Australia, Austria, Azerbaijan, Bahamas, The Bahamas, Bahrain, Bangladesh, Barbados, Belarus, Belgium, Belize, Benin,
Bermuda, Bhutan, Bolivia, Bosnia and Herzegovina, Bosnia-Herzegovina, Botswana, Brazil, British Virgin Islands, Brunei,
Bulgaria, Burkina Faso, Burma, Burundi, Cabo Verde, Cambodia, Cameroon, Canada, Cape Verde, Cayman Islands,
Central African Republic, Chad, Chile, China,
People's Republic of China, Colombia, Comoros, Congo, Costa Rica,
Cote d'Ivoire, Croatia, Cuba, Curacao, Cyprus, Czech Republic, Czechia, Democratic Republic of the Congo, Denmark,
Djibouti, Dominica, Dominican Republic, East Timor, Ecuador, Egypt, El Salvador, England, Equatorial Guinea, Eritrea,
Estonia, Eswatini, Ethiopia, Fiji, Finland, France, French Guiana, Gabon, Gambia, The Gambia, Georgia, Germany, Ghana,
Greece, Grenada, Guadeloupe, Guatemala, Guinea, Guinea-Bissau, Guyana, Haiti, Honduras, Hong Kong, Hungary, Iceland,
India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica, Japan, Jordan, Kazakhstan, Kenya, Kiribati,
Korea, Republic of Korea, South Korea, North Korea, Kosovo, Kuwait, Kyrgyzstan, Laos, Latvia, Lebanon, Lesotho,
Liberia, Libya, Liechtenstein, Lithuania, Luxembourg, Macau, Macedonia, North Macedonia, Madagascar, Malawi, Malaysia,
Maldives, Mali, Malta, Marshall Islands, Martinique, Mauritania, Mauritius, Mexico, Micronesia, Moldova, Monaco,
Mongolia, Montenegro, Montserrat, Morocco, Mozambique, Myanmar, Namibia, Nauru, Nepal, Netherlands, New Zealand,
Nicaragua, Niger, Nigeria, Norway, Oman, Pakistan, Palau, Palestine, Panama, Papua New Guinea, Paraguay, Peru,
Philippines, Poland, Portugal, Qatar, Romania, Russia, Russian Federation, Rwanda, Saint Kitts and Nevis, Saint Lucia,
Saint Vincent and the Grenadines, St. Kitts and Nevis, St. Lucia, St. Vincent and the Grenadines, Samoa, San Marino,
Sao Tome and Principe, Saudi Arabia, Scotland, Senegal, Serbia, Seychelles, Sierra Leone, Singapore, Sint Maarten,
Slovakia, Slovenia, Solomon Islands, Somalia, South Africa, South Sudan, Soviet Union, Spain, Sri Lanka, Sudan,
Suriname, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Timor-Leste, Togo, Tonga,
Trinidad and Tobago, Tunisia, Turkey, Türkiye, Turkmenistan, Turks and Caicos Islands, Tuvalu, Uganda, Ukraine,
United Arab Emirates, United Kingdom, United States, United States of America, Uruguay, Uzbekistan, Vanuatu, Venezuela,
Vietnam, Viet Nam, Wales, Yemen, Yugoslavia, Zambia, Zimbabwe, Stateless, Unknown
""".replace("\n", " ").split(",")
)
COUNTRIES += ("China, People's Republic of", "Korea, Republic of", "Congo, Democratic Republic of the")
"""Names of countries, present and past, and the two words printed where there is none."""

STATES = (
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware", "Florida",
    "Georgia", "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky", "Louisiana", "Maine",
    "Maryland", "Massachusetts", "Michigan", "Minnesota", "Mississippi", "Missouri", "Montana", "Nebraska", "Nevada",
    "New Hampshire", "New Jersey", "New Mexico", "New York", "North Carolina", "North Dakota", "Ohio", "Oklahoma",
    "Oregon", "Pennsylvania", "Puerto Rico", "Rhode Island", "South Carolina", "South Dakota", "Tennessee", "Texas",
    "Utah", "Vermont", "Virginia", "Washington", "West Virginia", "Wisconsin", "Wyoming", "Columbia", "Guam",
    "the Virgin Islands", "the Northern Mariana Islands",
)  # fmt: skip
"""The states and territories that federal judicial districts are named after."""

_AREAS = """
PR 006-007 009  VI 008      MA 010-027 055  RI 028-029  NH 030-038  ME 039-049  VT 050-054 056-059  CT 060-069
NJ 070-089      NY 005 063 100-149          PA 150-196  DE 197-199  DC 200-205 569          MD 205-219
VA 201 220-246  WV 247-268  NC 270-289      SC 290-299  GA 300-319 398-399      FL 320-349  AL 350-369
TN 370-385      MS 386-397  KY 400-427      OH 430-459  IN 460-479  MI 480-499  IA 500-528  WI 530-549
MN 550-567      SD 570-577  ND 580-588      MT 590-599  IL 600-629  MO 630-658  KS 660-679  NE 680-693
LA 700-714      AR 716-729  OK 730-749      TX 733 750-799 885      CO 800-816  WY 820-831 834
ID 832-838      UT 840-847  AZ 850-865      NM 870-884  NV 889-898  CA 900-961  HI 967-968  GU 969
AS 967          MP 969      OR 970-979      WA 980-994  AK 995-999
"""


def _state_zips() -> Iterator[tuple[str, str]]:
    state = ""
    for word in _AREAS.split():
        if word.isalpha():
            state = word
            continue
        first, _, last = word.partition("-")
        for area in range(int(first), int(last or first) + 1):
            yield state, f"{area:03}"


STATE_ZIPS = frozenset(_state_zips())
"""The states and territories as they stand before a ZIP code, each with the three figures its ZIP codes may begin with (Domestic
Mail Manual, labeling list L002; areas not in use within a state's are its own)."""

OFFICE_WORDS = frozenset(
    [
        "acting",
        "address",
        "administration",
        "agency",
        "agent",
        "aliens",
        "article",
        "assistant",
        "associate",
        "attorney",
        "authority",
        "avenue",
        "barracks",
        "booking",
        "boston",
        "boulevard",
        "bridge",
        "building",
        "bureau",
        "center",
        "centre",
        "central",
        "chief",
        "circuit",
        "city",
        "civil",
        "clerk",
        "commander",
        "commissioner",
        "commonwealth",
        "correction",
        "correctional",
        "corrections",
        "county",
        "court",
        "courthouse",
        "criminal",
        "custody",
        "customs",
        "department",
        "deportation",
        "deputy",
        "detention",
        "director",
        "district",
        "division",
        "drive",
        "eastern",
        "enforcement",
        "facility",
        "federal",
        "field",
        "floor",
        "headquarters",
        "highway",
        "homeland",
        "house",
        "immigration",
        "institution",
        "investigations",
        "jail",
        "judge",
        "judicial",
        "justice",
        "lane",
        "lieutenant",
        "magistrate",
        "main",
        "marshal",
        "massachusetts",
        "metropolitan",
        "middle",
        "municipal",
        "national",
        "northern",
        "office",
        "officer",
        "operations",
        "parkway",
        "patrol",
        "place",
        "plaza",
        "police",
        "precinct",
        "prison",
        "public",
        "records",
        "removal",
        "resident",
        "road",
        "room",
        "safety",
        "section",
        "security",
        "senior",
        "sergeant",
        "service",
        "sheriff",
        "southern",
        "square",
        "staff",
        "state",
        "states",
        "station",
        "street",
        "suffolk",
        "suite",
        "superintendent",
        "supervisor",
        "supervisory",
        "supervising",
        "support",
        "trooper",
        "united",
        "warden",
        "watch",
        "western",
    ]
)
"""Long words of offices, addresses and titles: a word nearly but not quite one of them was probably misread."""

OFFENCE_WORDS = _listed("""
after aggravated alien aliens conspiracy conviction controlled counterfeit criminal deported distribute excluded false
felony felon firearm found fraud harboring identity illegal improper intent possession prior reentry release removed
supervised substance theft transporting unlawful usc violation without
""")
"""Words in the names of offences on courts' warrants."""

FIELD_OFFICE_CITIES = _listed("""
atlanta baltimore boston buffalo burlington chicago dallas denver detroit harlingen hartford houston miami newark orleans
york philadelphia phoenix antonio diego francisco seattle paul providence washington williston
""")
"""Cities of immigration field offices and sub-offices and of the Law Enforcement Support Center."""

COMMON_WORDS = (OFFICE_WORDS | OFFENCE_WORDS) - _listed("boston massachusetts suffolk")
"""Words that name no place: what is nearly one of them, and long, is hardly anything else."""
SHORT_WORDS = _listed("ero hsi ice suboffice east new park west")
"""Short words of offices and addresses, and the one that is printed with a hyphen."""
KNOWN_WORDS = (
    OFFICE_WORDS | OFFENCE_WORDS | FIELD_OFFICE_CITIES | SHORT_WORDS | {plain(state).text for state in STATES}
)
"""Words one engine may have bent where the other has them to the letter."""
