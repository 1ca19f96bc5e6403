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
    assert [arguments[0] for arguments in called] == ["setup", "check", "test", "build", "test"]
    assert {arguments[0] for arguments in called} <= dev.COMMANDS.keys()
    assert ["test"] in called, "the whole suite, with its floors"


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
