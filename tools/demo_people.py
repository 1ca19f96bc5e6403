# SPDX-License-Identifier: Apache-2.0
"""Invents the people of the demo lists: names, certificates, letters, applications, families.

Nobody in here exists. Every draw comes from the one generator that the caller seeds, so that the
same seed gives the same people. All dates turn around `LAST_DAY`, when the lists were drawn up.
"""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

LAST_DAY = date(2024, 11, 15)


@dataclass(frozen=True)
class Country:
    """Names of people from one country; `weight` says how often it comes."""

    fr: str
    en: str
    weight: int
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]


def _country(fr: str, en: str, weight: int, women: str, men: str, families: str) -> Country:
    def names(text: str) -> tuple[str, ...]:
        return tuple(name.strip() for name in text.split(","))

    return Country(fr, en, weight, names(women), names(men), names(families))


COUNTRIES = (
    _country(
        "Algérie", "Algeria", 15,
        "Lynda, Amel, Nassima, Yasmine, Fatima-Zohra, Kahina, Selma",
        "Sofiane, Riad, Yacine, Mohamed Amine, Lotfi, Abd-el-Kader, Mounir",
        "Haddad, Benali, Ould Kaddour, Si Ahmed, Boudjemaa, Aït Saïd, Khelifi, Zerrouki",
    ),
    _country(
        "Maroc", "Morocco", 13,
        "Salma, Ghita, Hajar, Kenza, Fatima Ezzahra, Zineb",
        "Youssef, Anas, Hamza, Othmane, Mehdi, Abdelilah",
        "El Amrani, Bennani, Tazi, Lahlou, Aït Benhaddou, El Fassi, Chraïbi, Ouazzani",
    ),
    _country(
        "Tunisie", "Tunisia", 8,
        "Rim, Ines, Mariem, Olfa, Emna", "Aymen, Skander, Walid, Bilel, Hichem",
        "Ben Youssef, Trabelsi, Jaziri, Ben Salah, Mejri, Chebbi",
    ),
    _country(
        "Cameroun", "Cameroon", 11,
        "Solange, Carine, Mireille, Danielle, Aïcha, Clémence",
        "Hervé, Serge, Alain, Thierry, Boris, Emmanuel",
        "Fotso, Ngo Mbock, Tchoumi, Nkeng, Mvondo, Kamga, Njoya",
    ),
    _country(
        "Côte d'Ivoire", "Côte d'Ivoire", 7,
        "Aya, Affoué, Mariam, Adjoua, Estelle", "Koffi, Serge, Yao, Kouadio, Jean-Marc",
        "Kouassi, N'Guessan, Traoré, Ouattara, Konan, Coulibaly",
    ),
    _country(
        "Sénégal", "Senegal", 6,
        "Awa, Ndèye, Khady, Aminata, Mame Diarra", "Mamadou, Cheikh, Ousmane, Ibrahima, Alioune",
        "Diop, Ndiaye, Sarr, Fall, Mbaye, Guèye",
    ),
    _country(
        "Haïti", "Haiti", 6,
        "Rose-Laure, Nadège, Marie-Ange, Fabiola", "Jean-Robert, Wilner, Evens, Frantz",
        "Jean-Baptiste, Pierre-Louis, Célestin, Dorvil, Saint-Fleur",
    ),
    _country(
        "France", "France", 11,
        "Chloé, Élodie, Anne-Sophie, Maëlys, Océane, Noémie",
        "Gaëtan, Loïc, Jérôme, François-Xavier, Côme, Benoît",
        "Lefèvre, Le Goff, Bœuf, D'Almeida, de La Tour, Guérin, Héraud, L'Hermitte",
    ),
    _country(
        "Colombie", "Colombia", 8,
        "María José, Ximena, Luz Ángela, Catalina, Sofía",
        "Andrés, Iñigo, Julián, José Luis, Óscar",
        "Muñoz, de la Cruz Peña, Rodríguez Núñez, Zuluaga, Ibáñez, Ospina",
    ),
    _country(
        "Brésil", "Brazil", 6,
        "Conceição, Letícia, Thaís, Antônia, Flávia", "João Antônio, Luís, Caio, Maurício, Sérgio",
        "da Conceição, dos Santos, Araújo, Magalhães, de Sá, Brandão",
    ),
    _country(
        "Mexique", "Mexico", 5,
        "Guadalupe, Itzel, Verónica, Araceli", "Héctor, Ramón, Jesús, Ángel",
        "Hernández, Gutiérrez, Peña, Zúñiga, Cárdenas",
    ),
    _country(
        "Liban", "Lebanon", 4,
        "Rana, Joumana, Maya, Nour", "Élie, Georges, Fadi, Karim",
        "Khoury, El Khoury, Gemayel, Abou Jaoudé, Sfeir",
    ),
    _country(
        "Iran", "Iran", 4,
        "Shirin, Niloufar, Parisa, Laleh", "Kaveh, Behrouz, Arash, Navid",
        "Hosseini, Karimi, Rostami, Tehrani, Shahbazi",
    ),
    _country(
        "Inde", "India", 4,
        "Ananya, Priya, Kavya, Meenakshi", "Arjun, Rohan, Vikram, Harpreet",
        "Iyer, Banerjee, Chaudhary, Nair, Sandhu",
    ),
    _country(
        "Chine", "China", 3,
        "Xiaomei, Lan, Yating, Wenjing", "Wei, Jun, Haoran, Zhiqiang",
        "Lü, Zhang, Ouyang, Chen, Xu",
    ),
    _country(
        "Vietnam", "Vietnam", 3,
        "Thị Hương, Mỹ Linh, Thu Hà", "Văn Đức, Quốc Bảo, Minh Tuấn",
        "Nguyễn, Trần, Phạm, Lê, Đặng",
    ),
    _country(
        "Ukraine", "Ukraine", 2,
        "Oksana, Sofiia, Iryna", "Oleksandr, Taras, Bohdan",
        "Kovalenko, Shevchuk, Melnyk, Hrytsenko",
    ),
    _country(
        "Turquie", "Türkiye", 2,
        "Ayşe, Gülşah, Özlem", "Çağlar, Ömer, İbrahim",
        "Yıldız, Şahin, Öztürk, Güneş",
    ),
    _country(
        "Pologne", "Poland", 2,
        "Małgorzata, Agnieszka, Zofia", "Łukasz, Paweł, Wojciech",
        "Wójcik, Dąbrowska-Nowak, Żak, Święch",
    ),
    _country(
        "Bénin", "Benin", 3,
        "Sènami, Reine, Bénédicte", "Codjo, Romuald, Fiacre",
        "Hounkpatin, Dossou, Agossou, d'Oliveira",
    ),
)  # fmt: skip

PROVINCES = (
    ("Ontario", "Ontario"), ("Nouveau-Brunswick", "New Brunswick"), ("Alberta", "Alberta"),
    ("Colombie-Britannique", "British Columbia"), ("Manitoba", "Manitoba"),
    ("Nouvelle-Écosse", "Nova Scotia"),
)  # fmt: skip


@dataclass
class Case:
    """A work permit application and, once approved, the permit."""

    number: str
    received: date
    outcome: str | None = None
    decided: date | None = None
    permit_number: str | None = None
    permit_from: date | None = None
    permit_until: date | None = None


@dataclass
class Relative:
    relation: str
    family: str
    given: str
    birth: date
    wish: str


@dataclass
class Someone:
    """A principal. Codes of categories, states and outcomes are those of the register."""

    country: Country
    family: str
    given: str
    sex: str
    birth: date
    reference: str
    file_number: str
    email: str
    csq_category: str | None
    csq_issue: date
    letter: date
    received: date | None
    passport: str
    passport_expiry: date
    uci: str | None = None
    pr_number: str | None = None
    pr_filed: date | None = None
    pr_state: str | None = None
    home: Country | None = None
    province: tuple[str, str] | None = None
    canada_status: str | None = None
    canada_until: date | None = None
    spouse: bool = False
    children: int = 0
    case: Case | None = None
    relatives: list[Relative] = field(default_factory=list)

    @property
    def csq_expiry(self) -> date:
        return months_on(self.csq_issue, 24)


def months_on(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ascii_of(text: str) -> str:
    """A name as an e-mail address would write it."""
    plain = text.replace("Đ", "D").replace("đ", "d").replace("ł", "l").replace("Ł", "L")
    plain = plain.replace("œ", "oe").replace("ı", "i")
    folded = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return "".join(sign for sign in folded.lower() if sign.isalnum())


class Inventor:
    """Draws people, one letter at a time; numbers never repeat."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._names: set[tuple[str, str]] = set()

    def person(self, letter: date) -> Someone:
        """Someone invited by a letter of that day."""
        draw = self._random
        self._count += 1
        country = draw.choices(COUNTRIES, [c.weight for c in COUNTRIES])[0]
        sex = draw.choice("FM")
        family, given = self._name(country, sex)
        year = letter.year % 100
        someone = Someone(
            country=country,
            family=family,
            given=given,
            sex=sex,
            birth=date(letter.year - draw.randint(25, 44), 1, 1) + self._days(0, 364),
            reference=f"C1{year}{4000 + self._count * 7:04d}",
            file_number=f"C0{year}1{self._count * 31:06d}",
            email=f"{ascii_of(given)}.{ascii_of(family)}@example.org",
            csq_category=draw.choices(
                ("IQ", "none", "IV", "IW", "IS", "IZ", "IP", None), (72, 6, 5, 4, 4, 3, 2, 4)
            )[0],
            csq_issue=letter - self._days(60, 420),
            letter=letter,
            received=letter + self._days(0, 5) if draw.random() < 0.93 else None,
            passport=f"{ascii_of(country.en)[0].upper()}{draw.randint(10_000_000, 99_999_999)}",
            passport_expiry=letter + self._days(660, 3400),
        )
        self._details(someone)
        return someone

    def _days(self, least: int, most: int) -> timedelta:
        return timedelta(days=self._random.randint(least, most))

    def _name(self, country: Country, sex: str) -> tuple[str, str]:
        given_names = country.women if sex == "F" else country.men
        while True:
            family, given = self._random.choice(country.families), self._random.choice(given_names)
            if (family, given) in self._names:
                given = f"{given} {self._random.choice(given_names)}"
            if (family, given) not in self._names and len(set(given.split())) == len(given.split()):
                self._names.add((family, given))
                return family, given

    def _details(self, someone: Someone) -> None:
        draw = self._random
        if draw.random() < 0.6:
            parts = draw.randint(11, 99), draw.randint(1000, 9999), draw.randint(1000, 9999)
            someone.uci = "{}-{}-{}".format(*parts)
        self._residence(someone)
        kind = draw.random()
        if kind < 0.52:
            someone.pr_number = f"E{draw.randint(100_000_000, 999_999_999)}"
            filed = someone.csq_issue + self._days(40, 500)
            someone.pr_filed = min(filed, someone.csq_expiry, LAST_DAY)
            someone.pr_state = "in_process"
        elif kind < 0.94:
            someone.pr_state = "not_filed"
        someone.spouse = draw.random() < 0.5
        most = 4 if someone.spouse else 2
        someone.children = draw.randint(0, most) if draw.random() < 0.5 else 0

    def _residence(self, someone: Someone) -> None:
        draw = self._random
        where = draw.random()
        if where < 0.13:
            someone.province = draw.choices(PROVINCES, (10, 4, 3, 3, 2, 1))[0]
            someone.canada_status = draw.choice(("worker", "worker", "student", "visitor"))
            someone.canada_until = someone.letter + self._days(150, 700)
        else:
            someone.home = someone.country if where < 0.94 else draw.choice(COUNTRIES)

    def apply(self, someone: Someone, *, after: int = 12, before: int = 84) -> None:
        """File an application some days after the letter, and decide it in due time."""
        draw = self._random
        received = (someone.received or someone.letter) + self._days(after, before)
        if received > LAST_DAY:
            return
        someone.case = case = Case(f"W{draw.randint(300_000_000, 399_999_999)}", received)
        decided = received + self._days(20, 95)
        if decided > LAST_DAY:
            return
        case.decided = decided
        case.outcome = draw.choices(
            ("approved", "refused", "withdrawn", "returned"), (91, 5, 2.5, 1.5)
        )[0]
        if case.outcome == "approved":
            self._permit(someone, case, decided)

    def _permit(self, someone: Someone, case: Case, decided: date) -> None:
        start = decided + self._days(3, 40)
        # A permit is issued on a passport that still runs.
        someone.passport_expiry = max(someone.passport_expiry, start + timedelta(days=200))
        if start > LAST_DAY:
            return
        case.permit_number = f"U{self._random.randint(100_000_000, 999_999_999)}"
        case.permit_from = start
        case.permit_until = min(months_on(start, 36), someone.passport_expiry)

    def relatives(self, someone: Someone) -> None:
        """Draw the spouse and the children that the person's file announces."""
        draw, country = self._random, someone.country
        if someone.spouse:
            men = someone.sex == "F" if draw.random() < 0.97 else someone.sex == "M"
            given = draw.choice(country.men if men else country.women)
            family = draw.choice(country.families)
            birth = someone.birth + self._days(-1500, 1500)
            relation = "spouse" if draw.random() < 0.8 else "partner"
            wish = draw.choices(("work", "work", "visitor"), (6, 2, 1))[0]
            someone.relatives.append(Relative(relation, family, given, birth, wish))
        parent_age = (LAST_DAY - someone.birth).days // 365
        given_names = draw.sample(country.women + country.men, someone.children)
        for given in given_names:
            age = draw.randint(0, max(1, min(19, parent_age - 22)))
            birth = LAST_DAY - timedelta(days=age * 365) - self._days(1, 364)
            wish = "study" if age >= 5 else "visitor"
            someone.relatives.append(Relative("child", someone.family, given, birth, wish))
