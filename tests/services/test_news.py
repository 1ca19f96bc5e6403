# SPDX-License-Identifier: Apache-2.0
"""What other desks wrote since one last looked."""

from __future__ import annotations

import pytest
from office_builders import invite

from imp_plus_desktop.services.history import history
from imp_plus_desktop.services.office import maintenance, restoring, summary
from imp_plus_desktop.services.office.news import FEW, Watch
from imp_plus_desktop.services.office.office import Office
from imp_plus_desktop.services.people import people

pytestmark = pytest.mark.usefixtures("reads_here")


def test_another_desk_s_acts_are_news_once(office: Office, other: Office) -> None:
    person = invite(office)
    watch = Watch(office)
    assert watch.look() is None
    act = people.edit(other, person, {"phone": "1"}).act
    news = watch.look()
    assert news is not None
    assert ([row.id for row in news.acts], news.count, news.replaced) == ([act], 1, False)
    assert watch.look() is None


def test_one_s_own_acts_are_no_news(office: Office, other: Office) -> None:
    watch = Watch(office)
    person = invite(office)
    assert watch.look() is None
    theirs = people.edit(other, person, {"phone": "1"}).act
    people.edit(office, person, {"phone": "2"})
    news = watch.look()
    assert news is not None
    assert ([row.id for row in news.acts], news.count) == ([theirs], 1)


def test_what_is_only_derived_is_no_news(office: Office, other: Office) -> None:
    invite(office)
    watch = Watch(office)
    assert summary.refresh(other) == 1
    assert watch.look() is None


def test_what_an_undo_took_and_a_redo_brought_back_is_named(office: Office, other: Office) -> None:
    act = people.edit(office, invite(office), {"phone": "1"}).act
    watch = Watch(office)
    undo = history.undo(other, act).act
    news = watch.look()
    assert news is not None
    assert news.undone is not None
    assert (news.undone.id, news.again) == (act, False)
    history.undo(other, undo)
    news = watch.look()
    assert news is not None
    assert news.undone is not None
    assert (news.undone.id, news.again) == (act, True)


def test_of_many_acts_the_number_is_told(office: Office, other: Office) -> None:
    person = invite(office)
    watch = Watch(office)
    for number in range(FEW + 5):
        people.edit(other, person, {"phone": f"514-555-01{number:02}"})
    news = watch.look()
    assert news is not None
    assert (len(news.acts), news.count) == (FEW, FEW + 5)
    assert news.acts[0].id == history.acts(office)[0].id


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_restored_copy_is_told_as_such(office: Office, other: Office) -> None:
    person = invite(office)
    copy = maintenance.save_copy(other)
    people.edit(office, person, {"phone": "1"})
    watch = Watch(office)
    restoring.restore(other, copy)
    news = watch.look()
    assert news is not None
    assert news.replaced
    assert watch.look() is None


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_one_s_own_restore_is_no_news_and_what_others_do_after_it_is(
    office: Office, other: Office
) -> None:
    person = invite(office)
    copy = maintenance.save_copy(office)
    people.edit(office, person, {"phone": "1"})
    watch = Watch(office)
    act = restoring.restore(office, copy)
    assert watch.look() is None
    restoring.take_back(office, act)
    assert watch.look() is None
    theirs = people.edit(other, person, {"phone": "2"}).act
    news = watch.look()
    assert news is not None
    assert ([row.id for row in news.acts], news.replaced) == ([theirs], False)


@pytest.mark.of_a_file("only a file is put in the place of another")
def test_a_restore_of_another_desk_after_one_s_own_is_told(office: Office, other: Office) -> None:
    invite(office)
    copy = maintenance.save_copy(office)
    invite(office, 2)
    watch = Watch(office)
    restoring.restore(office, copy)
    restoring.restore(other, copy)
    news = watch.look()
    assert news is not None
    assert news.replaced
