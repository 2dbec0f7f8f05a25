"""Thirty people who apply under one call, from five regions, in the order in which they do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asks:
    """Somebody who applies: name, address, organization, country by its code, and the title of what they ask for."""

    name: str
    address: str
    organization: str
    country: str
    title: str


BY_WEB = (
    Asks(
        "Yusuf Abdi",
        "yusuf@garissa.example",
        "Garissa Radio",
        "KE",
        "Do listeners who call in change a plan?",
    ),
    Asks(
        "Lucía Pereira", "lucia@nic.example", "Red del Sur", "UY", "Which drafts were shorter after review?"
    ),
    Asks(
        "Hina Matagi", "hina@vavau.example", "Reef Council", "TO", "Who waits for whom on the outer islands?"
    ),
    Asks(
        "Hina Matagi",
        "hina@vavau.example",
        "Reef Council",
        "TO",
        "What does a week of waiting cost a council?",
    ),
    Asks("Aroha Ngata", "aroha@rotorua.example", "Lake School", "NZ", "When is a quorum of elders enough?"),
    Asks("Dragan Ilić", "dragan@nis.example", "River Office", "RS", "Why do flood boards decide late?"),
)
BY_MAIL = (
    Asks("Chipo Moyo", "chipo@mutare.example", "", "", "Can a market vote by standing still?"),
    Asks("Abebe Tesfaye", "abebe@adama.example", "", "", "How long does a silence last before a yes?"),
    Asks("Fatou Diop", "fatou@thies.example", "", "", "Who translates the minutes, and what is lost?"),
    Asks("Ngozi Eze", "ngozi@enugu.example", "", "", "Do shared meals shorten an agenda?"),
    Asks("Juma Ally", "juma@tanga.example", "", "", "Which promises of ports were kept?"),
    Asks("Salma Haddad", "salma@sfax.example", "", "", "Are night meetings smaller or calmer?"),
    Asks("Putri Wulandari", "putri@malang.example", "", "", "How do rice terraces share a drought?"),
    Asks("Arjun Menon", "arjun@kollam.example", "", "", "Do boat owners keep what captains signed?"),
    Asks("Bao Tran", "bao@hue.example", "", "", "Who speaks second in a ward meeting?"),
    Asks("Yuki Mori", "yuki@otaru.example", "", "", "What do snow rosters tell about fairness?"),
    Asks("Siosaia Fifita", "siosaia@neiafu.example", "", "", "Which songs end a dispute?"),
    Asks("Ioana Popa", "ioana@cluj.example", "", "", "When does a house committee write things down?"),
    Asks("Giorgi Lomidze", "giorgi@kutaisi.example", "", "", "Do toasts count as consent?"),
    Asks("Marta Zielińska", "marta@torun.example", "", "", "How do allotments change their rules?"),
    Asks("Taras Melnyk", "taras@poltava.example", "", "", "Who counts the hands that are half raised?"),
    Asks("Elif Kaya", "elif@bursa.example", "", "", "What makes an apartment agree on heating?"),
    Asks("Camila Rojas", "camila@loja.example", "", "", "Do water juries decide by name?"),
    Asks("Diego Fuentes", "diego@puebla.example", "", "", "How does a bus line hear its riders?"),
    Asks("Shanice Brown", "shanice@negril.example", "", "", "Which church halls host a no?"),
    Asks("Valentina Cruz", "valentina@cali.example", "", "", "Are complaints answered faster in verse?"),
    Asks("João Pires", "joao@olinda.example", "", "", "Who opens the carnival accounts?"),
    Asks("Maëlle Girard", "maelle@brest.example", "", "", "How do lighthouses vote?"),
    Asks("Lars Haugen", "lars@bergen.example", "", "", "When does a fishing quota feel just?"),
    Asks("Emily Clarke", "emily@dunedin.example", "", "", "What do minutes leave out?"),
)
ALL = (*BY_WEB, *BY_MAIL)
WITHDRAWN, INELIGIBLE, ASKED = 3, 12, 13
"""Numbers of the application that is taken back, of the one turned away, and of the one asked for more."""
