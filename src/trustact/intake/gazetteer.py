"""Words that values are made of: countries, states, and what stands in addresses and titles.

They tell whether a value was read whole, and what a bent word of it is; no name of a person is ever replaced by one of them.
"""

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

_BY_ZIP = {
    "00": "NY PR VI",
    "01": "MA",
    "02": "MA RI",
    "03": "ME NH",
    "04": "ME",
    "05": "MA VT",
    "06": "CT NY",
    "07": "NJ",
    "08": "NJ",
    "1": "DE NY PA",
    "2": "DC MD NC SC VA WV",
    "3": "AL FL GA MS TN",
    "4": "IN KY MI OH",
    "5": "IA MN MT ND SD WI",
    "6": "IL KS MO NE",
    "7": "AR LA OK TX",
    "8": "AZ CO ID NM NV UT WY",
    "9": "AK AS CA GU HI MP OR WA",
}
STATE_ZIPS = frozenset(
    (state, first if len(first) == 2 else f"{first}{second}")
    for first, states in _BY_ZIP.items()
    for state in states.split()
    for second in range(10)
)
"""The states and territories as they stand before a ZIP code, each with the two figures its ZIP codes may begin with (Publication
28 and the areas of the Postal Service; beyond the Northeast its ten national areas)."""

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
