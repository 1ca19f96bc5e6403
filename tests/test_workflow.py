# SPDX-License-Identifier: Apache-2.0
"""The workflow of the continuous integration calls commands that are there."""

import re
from pathlib import Path
from typing import Any

import yaml

import dev

ROOT = Path(__file__).resolve().parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "ci.yml"


def read() -> dict[str, Any]:
    found = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def commands(job: dict[str, Any]) -> list[str]:
    """The lines that a job runs."""
    return [line for step in job["steps"] for line in step.get("run", "").splitlines() if line]


def test_each_job_has_a_system_a_limit_and_steps_that_do_one_thing() -> None:
    found = read()
    assert found[True].keys() == {"push", "pull_request", "schedule", "workflow_dispatch"}  # `on`
    assert found["permissions"] == {"contents": "read"}
    for job in found["jobs"].values():
        assert job["runs-on"]
        assert job["timeout-minutes"] <= 60
        assert all(("run" in step) != ("uses" in step) for step in job["steps"])


def test_the_checks_run_on_the_three_systems_with_the_oldest_python() -> None:
    job = read()["jobs"]["checks"]
    systems = [name.partition("-")[0] for name in job["strategy"]["matrix"]["system"]]
    assert systems == ["ubuntu", "windows", "macos"]
    versions = {
        step["with"]["python-version"]
        for job in read()["jobs"].values()
        for step in job["steps"]
        if "python-version" in step.get("with", {})
    }
    oldest = re.search(r'requires-python = ">=([\d.]+)"', (ROOT / "pyproject.toml").read_text())
    assert oldest is not None
    assert versions == {oldest[1]}


def test_the_workflow_runs_what_a_desk_runs() -> None:
    called = [line.split()[2:] for line in commands(read()["jobs"]["checks"]) if "dev.py" in line]
    assert called == [
        ["setup"],
        ["check"],
        ["test"],
        ["test", "--long"],  # with what the other has measured: floors are those of both
        ["build"],
        ["test", "-m", "frozen"],
    ]
    assert {arguments[0] for arguments in called} <= dev.COMMANDS.keys()


def test_all_that_must_pass_runs_the_tests_as_the_readme_says_and_then_the_long_ones() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    told = [line for line in lines if line.startswith("python3 dev.py test")]
    assert told == ["python3 dev.py test", "python3 dev.py test --long"]
    readme = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert [line.split("  ")[0] for line in readme if line.startswith("python3 dev.py test")] == [
        "python3 dev.py test"
    ]


def test_what_the_workflow_names_of_the_project_is_there() -> None:
    lines = [line for job in read()["jobs"].values() for line in commands(job)]
    functions = [name for line in lines for name in re.findall(r"\bdev\.(?!py\b)(\w+)", line)]
    assert functions == ["ensure_system_packages"]
    assert all(callable(getattr(dev, name)) for name in functions)
    files = [name for line in lines for name in re.findall(r"[\w./-]+\.(?:lock|py)\b", line)]
    files.append("requirements.lock")  # the key of the cache
    assert all((ROOT / name).is_file() for name in files)
    assert files.count("requirements.lock") == 2
    markers = [
        name for line in lines for name in re.findall(r"-m (frozen|corpus|race|fuzz)\b", line)
    ]
    assert markers == ["frozen"]


RELEASE = ROOT / ".github" / "workflows" / "release.yml"


def test_a_release_is_made_and_tried_on_each_system() -> None:
    jobs = yaml.safe_load(RELEASE.read_text("utf-8"))["jobs"]
    systems = {name: job["runs-on"].partition("-")[0] for name, job in jobs.items()}
    assert systems == {"windows": "windows", "linux": "ubuntu", "macos": "macos"}
    called = {
        name: [line.split()[2:] for line in commands(job) if "dev.py" in line]
        for name, job in jobs.items()
    }
    for arguments in (one for lines in called.values() for one in lines):
        assert arguments[0] in dev.COMMANDS
    assert ["build", "--windows"] in called["windows"]
    assert ["test", "--windows"] in called["windows"]
    for name in ("linux", "macos"):
        assert ["build"] in called[name]
        assert ["test", "-m", "frozen"] in called[name]
    files = [
        file
        for job in jobs.values()
        for line in commands(job)
        for file in re.findall(r"[\w./-]+\.py\b", line)
    ]
    assert "tools/linux_package.py" in files
    assert all((ROOT / file).is_file() for file in files)
    # On Windows the step runs in a shell that takes a wrong line for a right one: one line each.
    assert all("\n" not in line for line in commands(jobs["windows"]))


def test_what_is_not_ours_is_named_by_its_hash_beside_its_version() -> None:
    """A tag can be moved to other code; a commit cannot."""
    for workflow in (WORKFLOW, RELEASE):
        used = re.findall(r"uses: (.*)", workflow.read_text("utf-8"))
        assert used
        for action in used:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


def test_the_page_of_releases_names_what_the_tools_make() -> None:
    page = (ROOT / "docs" / "release.md").read_text("utf-8")
    for name in ("setup.exe", "portable.zip", "IMP_PLUS_SIGN", "IMP_PLUS_CACHE", "/S"):
        assert name in page, name
    for command in set(re.findall(r"`python3 dev\.py (\w+)", page)):
        assert command in dev.COMMANDS
    for place in re.findall(r"`((?:tools|docs|\.github)/[\w./-]+)`", page):
        assert (ROOT / place).exists(), place
