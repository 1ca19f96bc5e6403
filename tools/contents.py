# SPDX-License-Identifier: Apache-2.0
"""What a built program is made of: who each file and module is of, and under which licence.

    faults(folder, site) -> list[str]    what must not be there, is nobody's or lacks its licence
    lacking(folder, work) -> list[str]   what of the project, or of what it imports, is not there
    write(folder, name, version, site)   NAME.sha256, a line for each file, and NAME.cdx.json, the
                                         same with the libraries, as CycloneDX (SBOM)

The same folder makes the same lists. Must not change anything in the folder.
"""

import hashlib
import re
import sys
import sysconfig
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from PyInstaller.archive.readers import CArchiveReader

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
PACKAGE = ROOT / "imp_plus_desktop"
INSIDE = "_internal"
OURS, PYTHON = "IMP+ Desktop", "Python"
# Of PyInstaller's list of what it did not find: each with those that import it.
_NOT_FOUND = re.compile(
    r"^(?:missing|excluded) module named '?([\w.]+)'? - imported by (.+)$", re.M
)
_OF_OTHER_SYSTEMS = frozenset({"fcntl", "resource", "msvcrt", "winreg"})
"""Asked for on one system only, and there on that one."""
_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""In place of the moment: the same folder makes the same list."""
# Of Python for Windows itself, beside its modules.
_OF_PYTHON = re.compile(
    r"python3\d*\.dll|lib(crypto|ssl)-3.*\.dll|libffi-\d\.dll|vcruntime140(_1)?\.dll|base_library\.zip|"
    r"_?[a-z]+2?\.pyd|ucrtbase\.dll|api-ms-win-.*\.dll",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"sqlite3\.dll|_sqlite3\.pyd|_multiprocessing\.pyd|"
    r"Qt6?(Network|Qml|Quick|Sql|Pdf|VirtualKeyboard).*|q(direct2d|minimal|offscreen)\.dll|"
    r"opengl32sw\.dll|icuuc\.dll|mscms\.dll|bcryptprimitives\.dll",
    re.IGNORECASE,
)


def site_packages() -> Path:
    """Where the libraries of this Python are."""
    return Path(sysconfig.get_path("purelib"))


def faults(folder: Path, site: Path) -> list[str]:
    """In a sentence each: what of a built Windows program is not as it should be."""
    found = [
        f"must not be in the program: {path.relative_to(folder)}"
        for path in _files(folder)
        if _NEVER.fullmatch(path.name) and "sqlcipher3" not in path.parts
    ]
    owners: set[str] = set()
    for what, owner in [*_file_owners(folder, site), *_module_owners(folder, site)]:
        if owner is None:
            found.append(f"nobody knows whose this is: {what}")
        else:
            owners.add(owner)
    told = licences()
    texts = {path.parent.name.lower() for path in (folder / INSIDE / "licences").rglob("*")}
    for owner in sorted(owners - {OURS, PYTHON}):
        if owner not in told:
            found.append(f"docs/licences.md does not tell of {owner}")
        elif owner not in {_key(name) for name in texts} and "LGPL" not in told[owner]:
            found.append(f"the text of the licence is missing: {owner}")
    kept = {path.name for path in (folder / INSIDE / "licences").glob("*.txt")}
    wanted = {path.name for path in (ROOT / "docs" / "licences").glob("*.txt")}
    found += [f"the text of the licence is missing: {name}" for name in sorted(wanted - kept)]
    if "python" not in texts:
        found.append("the text of the licence is missing: Python")
    return found


def lacking(folder: Path, work: Path) -> list[str]:
    """In a sentence each: modules of the project that a built program does not hold, and modules
    that one of them imports, wherever in it, and PyInstaller did not find.

    `work` is where PyInstaller worked.
    """
    held = set(_archive(folder))
    ours = {_module(path) for path in PACKAGE.rglob("*.py")} - {f"{PACKAGE.name}.__main__"}
    found = [f"is not in the program: {name}" for name in sorted(ours - held)]
    return found + not_found(next(work.glob("*/warn-*.txt")).read_text("utf-8"))


def not_found(told: str) -> list[str]:
    """What of PyInstaller's list of missing modules the project itself imports."""
    found = []
    for name, importers in _NOT_FOUND.findall(told):
        own = re.findall(rf"\b{PACKAGE.name}[\w.]*", importers)
        if own and name not in _OF_OTHER_SYSTEMS and not _is_made_when_loaded(name):
            found.append(f"was not found: {name}, which {own[0]} imports")
    return found


def licences() -> dict[str, str]:
    """By library in the program: its licence, as the page of the licences tells it."""
    carried = PAGE.read_text("utf-8").partition("## In the program")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w.-]+) \| [\d.]+ \| ([^|]+) \|", carried, re.MULTILINE)
    return {_key(name): licence for name, licence in rows}


def write(folder: Path, name: Path, version: str, site: Path) -> None:
    """Write both lists of a built folder beside each other."""
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in _files(folder)
    }
    lines = [f"{digest}  {path}\n" for path, digest in digests.items()]
    name.with_name(f"{name.name}.sha256").write_text("".join(lines), "utf-8", newline="\n")
    bom = Bom(version=1)
    bom.metadata.timestamp = _MADE
    ours = _component(OURS, version, "Apache-2.0", ComponentType.APPLICATION)
    bom.metadata.component = ours
    owners = {owner for _what, owner in _file_owners(folder, site) if owner}
    owners |= {owner for _what, owner in _module_owners(folder, site) if owner}
    libraries = list(_libraries(owners, site))
    bom.components.update(libraries)
    bom.register_dependency(ours, libraries)
    for path, digest in digests.items():
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=digest)]
        of_file = ComponentType.FILE
        bom.components.add(Component(name=path, type=of_file, hashes=hashes, bom_ref=path))
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, "".join(lines))
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    name.with_name(f"{name.name}.cdx.json").write_text(text + "\n", "utf-8", newline="\n")


def _libraries(owners: set[str], site: Path) -> Iterator[Component]:
    told = licences()
    for owner, found in _distributions(site).items():
        if owner in owners:
            yield _component(owner, found.version, told.get(owner, ""), ComponentType.LIBRARY)


def _component(name: str, version: str, licence: str, kind: ComponentType) -> Component:
    # A name of a licence that stands on the page, where it is one that has a name.
    expression = licence.replace(" or ", " OR ")
    known = re.fullmatch(r"[\w.+-]+( OR [\w.+-]+)*", expression)
    library = kind == ComponentType.LIBRARY
    return Component(
        name=name,
        version=version,
        type=kind,
        licenses=[LicenseExpression(expression)] if known else [],
        purl=PackageURL("pypi", None, name, version) if library else None,
        bom_ref=f"{name}@{version}",
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _file_owners(folder: Path, site: Path) -> Iterator[tuple[str, str | None]]:
    """Each file of a built folder with the library that it is of."""
    owner_of = {
        path.as_posix().lower(): owner
        for owner, found in _distributions(site).items()
        for path in found.files or ()
    }
    for path in _files(folder):
        inside = path.relative_to(folder)
        if inside.parts[0] != INSIDE or inside.parts[1] in ("imp_plus_desktop", "licences"):
            yield str(inside), OURS
            continue
        place = inside.relative_to(INSIDE)
        owner = owner_of.get(place.as_posix().lower())
        if owner is None and len(place.parts) == 1 and _OF_PYTHON.fullmatch(place.name):
            owner = PYTHON
        yield str(inside), owner


def _module_owners(folder: Path, site: Path) -> Iterator[tuple[str, str | None]]:
    """Each package in the archive of modules with the library that it is of."""
    modules = _archive(folder)
    standard = _standard_modules(site)
    owner_of: dict[str, str] = {}
    for owner, found in _distributions(site).items():
        for path in found.files or ():
            if path.suffix in (".py", ".pyd", ".so"):
                owner_of.setdefault(path.parts[0].split(".")[0], owner)
    for name in sorted({module.split(".")[0] for module in modules}):
        owner = owner_of.get(name)
        if name in standard or name.startswith(("_pyi", "pyi", "_sysconfig")):
            owner = PYTHON
        elif name == "imp_plus_desktop":
            owner = OURS
        yield f"module {name}", owner


def _archive(folder: Path) -> Iterable[str]:
    """The names of the modules that a built folder's programs share."""
    program = next(path for path in folder.glob("imp-plus*") if path.stem == "imp-plus")
    names: Iterable[str] = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz").toc
    return names


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_made_when_loaded(name: str) -> bool:
    """Whether Python itself makes a module (`collections.abc`) as its package is loaded."""
    return name.partition(".")[0] in sys.stdlib_module_names and name in sys.modules


def _standard_modules(site: Path) -> set[str]:
    """Python's own modules: of this one, and of the one whose libraries are given, which may have
    them in an archive beside the program."""
    found = set(sys.stdlib_module_names)
    for archive in site.parents[1].glob("python3*.zip"):
        with zipfile.ZipFile(archive) as names:
            found |= {name.split("/")[0].split(".")[0] for name in names.namelist()}
    return found


def _distributions(site: Path) -> dict[str, metadata.Distribution]:
    return {_key(one.name): one for one in metadata.distributions(path=[str(site)])}


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    built, target, its_version = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    write(built, target, its_version, site_packages())
