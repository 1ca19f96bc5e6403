# SPDX-License-Identifier: Apache-2.0
"""Makes `tests/files/likeness_pairs.csv`: pairs of records that are one person, or two.

Run `python tools/likeness_pairs.py` after a change; the seed is fixed, so the file is always the
same. Each of the 1,000 pairs labelled `same` is one invented person written twice, the second time
with one or two of the slips that lists are known for. Each of the 1,000 labelled `different` is
two people whom a hasty clerk could take for one: twins, siblings, namesakes of another day,
parent and child, strangers who share a birthday. The column `made_by` names the slips. Names are
drawn from the countries that the programme draws from; nobody in the file exists.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

TARGET = Path(__file__).parents[1] / "tests" / "files" / "likeness_pairs.csv"
HEADER = (
    "label", "made_by",
    "family_a", "given_a", "birth_a", "citizenship_a",
    "family_b", "given_b", "birth_b", "citizenship_b",
)  # fmt: skip
_EACH = 1000

_NAMES: dict[str, tuple[str, str]] = {
    "MAR": (
        "El Amrani|Benjelloun|Bennani|Ait Lahcen|El Idrissi|Chraïbi|Ouazzani|Tazi|Lahlou|Zerouali",
        "Youssef|Mohamed Amine|Fatima Zahra|Khadija|Abderrahmane|Soukaina|Hicham|Salma|Omar|Nadia",
    ),
    "DZA": (
        "Benali|Haddad|Bouzid|Ould Abbas|Khelifi|Mansouri|Boudjemaa|Cherif|Saïdi|Belkacem",
        "Mohammed|Ahmed Ryad|Lynda|Amina|Abdelkader|Yasmine|Sofiane|Meriem|Karim|Nassima",
    ),
    "TUN": (
        "Ben Salah|Trabelsi|Gharbi|Ben Youssef|Chebbi|Jaziri|Mabrouk|Sassi|Hammami|Zouari",
        "Mehdi|Ines|Skander|Rim|Anis|Olfa|Walid|Hela|Bilel|Sarra",
    ),
    "FRA": (
        "Lefèvre|Dupont-Moretti|de La Tour|L'Hermitte|Bœuf|Garçon|Müller|Le Goff|Noël|d'Estaing",
        "Jean-Pierre|Éloïse|François Xavier|Hélène|Marie-Claire|Benoît|Zoé|Gérard|Anaïs|Loïc",
    ),
    "CMR": (
        "Tchoumi Fotso|Ngo Bayiha|Mbarga|Kamdem|Atangana|Njoya|Eyenga|Fouda|Talla|Nkolo",
        "Jean Paul|Clarisse|Rodrigue|Solange|Hervé|Brigitte Laure|Patrick|Estelle|Armand|Judith",
    ),
    "SEN": (
        "N'Diaye|Diop|Sow|Fall|Diallo|Gueye|Seck|Mbaye|Cissé|Faye",
        "Mamadou|Aïssatou|Cheikh Tidiane|Fatou|Ousmane|Aminata|Ibrahima|Mariama|Modou|Khady",
    ),
    "BRA": (
        "da Silva|Gonçalves Pereira|dos Santos|de Souza Lima|Araújo|Conceição|Brandão|Magalhães",
        "João Pedro|Maria Fernanda|Thiago|Letícia|José Carlos|Ana Beatriz|Luís|Patrícia|Caio",
    ),
    "COL": (
        "García López|Peña Nuñez|Rodríguez Gómez|Muñoz|Castaño Ruiz|de la Cruz|Ibáñez|Ordóñez",
        "María José|Juan Sebastián|Andrés Felipe|Daniela|Camilo|Luz Marina|Íñigo|Valentina|Iván",
    ),
    "VNM": (
        "Nguyễn|Trần|Lê|Phạm|Đặng|Vũ|Bùi|Đỗ|Hồ|Võ",
        "Văn Minh|Thị Hương|Quốc Bảo|Ngọc Lan|Đức Anh|Thanh Tùng|Mỹ Linh|Hoàng Nam|Kim Chi",
    ),
    "DEU": (
        "Müller|Schröder|Weiß|von der Heyden|Groß|Jäger|Köhler|Strauß|Bäcker|van den Berg",
        "Jürgen|Käthe|Björn|Anne-Sophie|Günther|Lukas|Heike|Söhnke|Matthias|Bärbel",
    ),
    "DNK": (
        "Østergaard|Sørensen|Ångström|Kjær|Nørgaard|Bjørnsson|Håkansson|Møller|Ærø|Lindström",
        "Søren|Åse|Jørgen|Mette|Bjørn|Signe|Rasmus|Øystein|Kåre|Freja",
    ),
    "TUR": (
        "Yıldırım|Öztürk|Şahin|Çelik|Işık|Kılıç|Güneş|Aydın|Doğan|Koç",
        "Ayşe|Mehmet Ali|Işıl|Özgür|Çağla|Hüseyin|Şule|İbrahim|Gökhan|Elif",
    ),
    "POL": (
        "Wałęsa|Łukasiewicz|Kowalski|Wójcik|Zieliński|Błaszczyk|Święcicki|Dąbrowska|Żak|Nowak",
        "Łukasz|Małgorzata|Paweł|Agnieszka|Wojciech|Zofia|Michał|Bożena|Grzegorz|Katarzyna",
    ),
    "HRV": (
        "Đorđević|Šarić|Čović|Žižić|Kovačević|Đurić|Petrović|Marušić|Hodžić|Babić",
        "Đuro|Željka|Šime|Mirjana|Čedomir|Ivana|Goran|Nataša|Davor|Jasmina",
    ),
    "IND": (
        "Krishnamurthy|Patel|Singh Gill|Subramanian|Chatterjee|Reddy|Iyer|Banerjee|Sharma|Kaur",
        "Rajesh Kumar|Priya|Harpreet|Lakshmi|Anirudh|Deepika|Vikram|Sunita|Arjun|Meenakshi",
    ),
    "LBN": (
        "Abou Khalil|El Khoury|Haddad|Saadeh|Abi Nader|Gemayel|Najjar|Fakhoury|Karam|Sleiman",
        "Georges|Rania|Charbel|Joumana|Elie|Maya|Antoine|Carine|Ziad|Nayla",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Record:
    family: str
    given: str
    birth: date | None
    citizenship: str


Slip = Callable[[random.Random, Record], Record | None]


def _accents_lost(_rng: random.Random, r: Record) -> Record | None:
    return _if_changed(r, replace(r, family=_bare(r.family), given=_bare(r.given)))


def _passport_spelling(_rng: random.Random, r: Record) -> Record | None:
    """As the machine-readable zone has it (ICAO 9303)."""
    table = str.maketrans(
        {"Ü": "UE", "Ö": "OE", "Ä": "AE", "Ø": "OE", "Å": "AA", "Ñ": "NXX", "Æ": "AE",
         "Œ": "OE", "Đ": "D", "Ł": "L", "İ": "I"}
    )  # fmt: skip

    def zone(text: str) -> str:
        return _bare(text.upper().replace("ß", "SS").translate(table)).upper()

    changed = replace(r, family=zone(r.family), given=zone(r.given))
    plain = (_bare(r.family).upper(), _bare(r.given).upper())
    return changed if (changed.family, changed.given) != plain else None


def _capitals(_rng: random.Random, r: Record) -> Record | None:
    return replace(r, family=r.family.upper(), given=r.given.upper())


def _fields_swapped(_rng: random.Random, r: Record) -> Record | None:
    return replace(r, family=r.given, given=r.family)


def _second_name_lost(_rng: random.Random, r: Record) -> Record | None:
    words = r.given.replace("-", " ").split()
    return replace(r, given=words[0]) if len(words) > 1 else None


def _second_family_name_lost(_rng: random.Random, r: Record) -> Record | None:
    words = r.family.split()
    long = [word for word in words if len(word) > 3]
    return replace(r, family=long[0]) if len(long) > 1 else None


def _second_family_name_moved(_rng: random.Random, r: Record) -> Record | None:
    words = r.family.split()
    if len(words) != 2:
        return None
    return replace(r, family=words[1], given=f"{r.given} {words[0]}")


def _particle_lost(_rng: random.Random, r: Record) -> Record | None:
    small = {"el", "ben", "de", "la", "da", "dos", "le", "von", "der", "van", "den", "abou", "ait"}
    words = [w for w in r.family.replace("d'", "").split() if w.lower() not in small]
    return _if_changed(r, replace(r, family=" ".join(words))) if words else None


def _written_together(_rng: random.Random, r: Record) -> Record | None:
    return _if_changed(
        r, replace(r, family=r.family.replace(" ", ""), given=r.given.replace(" ", "-"))
    )


def _initials(_rng: random.Random, r: Record) -> Record | None:
    words = r.given.replace("-", " ").split()
    if len(words) < 2:
        return None
    return replace(r, given=" ".join([words[0], *(f"{word[0]}." for word in words[1:])]))


def _only_initial(_rng: random.Random, r: Record) -> Record | None:
    return replace(r, given=f"{r.given[0]}.")


def _letter_slip(rng: random.Random, r: Record) -> Record | None:
    """One letter left out, doubled, exchanged with its neighbour, or another one."""
    name = rng.choice(["family", "given"])
    text = getattr(r, name)
    if len(text) < 5:
        return None
    at = rng.randrange(1, len(text) - 1)
    if not (text[at].isalpha() and text[at + 1].isalpha()):
        return None
    kind = rng.randrange(4)
    if kind == 0:
        text = text[:at] + text[at + 1 :]
    elif kind == 1:
        text = text[:at] + text[at] + text[at:]
    elif kind == 2:
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    else:
        text = text[:at] + rng.choice("aeinorst") + text[at + 1 :]
    changed = replace(r, **{name: text})
    return _if_changed(r, changed)


def _other_transcription(_rng: random.Random, r: Record) -> Record | None:
    spellings = {
        "Mohamed": "Muhammad", "Mohammed": "Mohamed", "Youssef": "Yousef", "Abderrahmane":
        "Abdel Rahman", "Abdelkader": "Abdul Qader", "Fatima": "Fatema", "Khadija": "Khadidja",
        "Cheikh": "Sheikh", "Ousmane": "Usman", "Chraïbi": "Shraibi", "Ouazzani": "Wazzani",
        "Soukaina": "Sukaina", "Boudjemaa": "Bujemaa", "Cherif": "Sherif", "Khelifi": "Khlifi",
        "Aïssatou": "Aissatu", "Gueye": "Guèye", "Yasmine": "Yasmin", "Meriem": "Maryem",
        "Krishnamurthy": "Krishnamurti", "Joumana": "Jumana", "Sleiman": "Suleiman",
        "Mehdi": "Mahdi", "Ibrahima": "Ebrahima",
    }  # fmt: skip

    def other(text: str) -> str:
        return " ".join(spellings.get(word, word) for word in text.split())

    return _if_changed(r, replace(r, family=other(r.family), given=other(r.given)))


def _day_and_month_swapped(_rng: random.Random, r: Record) -> Record | None:
    if r.birth is None or r.birth.day > 12 or r.birth.day == r.birth.month:
        return None
    return replace(r, birth=r.birth.replace(month=r.birth.day, day=r.birth.month))


def _digit_slip(rng: random.Random, r: Record) -> Record | None:
    if r.birth is None:
        return None
    return replace(r, birth=r.birth.replace(year=r.birth.year + rng.choice((-1, 1, 10))))


def _birth_lost(_rng: random.Random, r: Record) -> Record | None:
    return replace(r, birth=None)


SLIPS: dict[str, tuple[Slip, int]] = {
    "accents lost": (_accents_lost, 8),
    "passport spelling": (_passport_spelling, 12),
    "capitals": (_capitals, 4),
    "fields swapped": (_fields_swapped, 8),
    "second given name lost": (_second_name_lost, 10),
    "second family name lost": (_second_family_name_lost, 8),
    "second family name moved": (_second_family_name_moved, 5),
    "particle lost": (_particle_lost, 8),
    "written together": (_written_together, 6),
    "initials": (_initials, 5),
    "only an initial": (_only_initial, 3),
    "letter slip": (_letter_slip, 12),
    "other transcription": (_other_transcription, 6),
}
BIRTH_SLIPS: dict[str, tuple[Slip, int]] = {
    "": (lambda _rng, r: r, 70),
    "day and month swapped": (_day_and_month_swapped, 15),
    "digit slip": (_digit_slip, 10),
    "birth date lost": (_birth_lost, 5),
}
_KEEPS_LETTERS = {
    "accents lost", "capitals", "fields swapped", "passport spelling", "written together",
}  # fmt: skip
"""Slips that leave every word readable: only with these may the birth date be lost as well."""


def same_pair(rng: random.Random) -> tuple[str, Record, Record]:
    """One person twice, the second time with a slip or two."""
    while True:
        first = _person(rng)
        names = _pick(rng, SLIPS)
        slip, _weight = SLIPS[names]
        second = slip(rng, first)
        birth = _pick(rng, BIRTH_SLIPS)
        if birth in {"birth date lost", "digit slip"} and names not in _KEEPS_LETTERS:
            continue
        changed = BIRTH_SLIPS[birth][0](rng, second) if second is not None else None
        if changed is not None:
            return " and ".join(filter(None, (names, birth))), first, changed


def different_pair(rng: random.Random) -> tuple[str, Record, Record]:
    """Two people whom a hasty clerk could take for one."""
    first = _person(rng)
    other = _person(rng, first.citizenship)
    birth = first.birth or date(1990, 1, 1)
    # Further apart than one digit or a swap of day and month could explain.
    far = birth + timedelta(days=rng.randrange(700, 9000) | 1)
    while _one_slip(birth, far):
        far += timedelta(days=37)
    kinds: dict[str, Callable[[], Record]] = {
        "namesake of another day": lambda: replace(first, birth=far),
        "sibling": lambda: replace(other, family=first.family, birth=far),
        "twin": lambda: replace(other, family=first.family, birth=first.birth),
        "parent and child": lambda: replace(
            first, birth=birth.replace(year=birth.year - 27, day=min(28, birth.day % 28 + 1))
        ),
        "same birthday": lambda: replace(other, birth=first.birth),
        "same given name and birthday": lambda: replace(
            other, given=first.given, birth=first.birth
        ),
        "strangers of one country": lambda: other,
        "namesake without a birth date, of another country": lambda: replace(
            first, birth=None, citizenship="HTI"
        ),
    }
    kind = rng.choice(list(kinds))
    second = kinds[kind]()
    if {*_bare(second.family).split()} & {*_bare(first.family).split()} and (
        _bare(second.given) == _bare(first.given) and second.birth == first.birth
    ):
        return different_pair(rng)
    return kind, first, second


def pairs() -> list[tuple[str, ...]]:
    """All rows of the file, header first."""
    rng = random.Random(20230801)
    rows = [HEADER]
    for label, make in (("same", same_pair), ("different", different_pair)):
        for _number in range(_EACH):
            made_by, a, b = make(rng)
            rows.append((label, made_by, *_cells(a), *_cells(b)))
    return rows


def _person(rng: random.Random, country: str | None = None) -> Record:
    country = country or rng.choice(list(_NAMES))
    families, given = (text.split("|") for text in _NAMES[country])
    birth = date(1970, 1, 1) + timedelta(days=rng.randrange(11_000))
    return Record(rng.choice(families), rng.choice(given), birth, country)


def _pick(rng: random.Random, weighted: dict[str, tuple[Slip, int]]) -> str:
    return rng.choices(list(weighted), [weight for _slip, weight in weighted.values()])[0]


def _if_changed(before: Record, after: Record) -> Record | None:
    return after if after != before else None


def _bare(text: str) -> str:
    text = text.translate(str.maketrans({"Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ø": "O",
        "ø": "o", "ß": "ss", "ı": "i", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}))  # fmt: skip
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _one_slip(a: date, b: date) -> bool:
    digits = sum(x != y for x, y in zip(a.isoformat(), b.isoformat(), strict=True))
    return digits <= 1 or (a.year, a.month, a.day) == (b.year, b.day, b.month)


def _cells(r: Record) -> tuple[str, ...]:
    return (r.family, r.given, r.birth.isoformat() if r.birth else "", r.citizenship)


if __name__ == "__main__":
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(pairs())
