# SPDX-License-Identifier: Apache-2.0
"""The window's own pieces, fed plain values, clicked and read as a user would."""

import itertools
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from imp_plus_desktop import i18n
from imp_plus_desktop.domain.reads.shapes import ColumnFilter
from imp_plus_desktop.ui.charts.column_bars import ColumnBars
from imp_plus_desktop.ui.charts.gauge import CapGauge, CapView
from imp_plus_desktop.ui.charts.pipeline import PipelineBars, PipelineLine
from imp_plus_desktop.ui.charts.timeline import Timeline, TimelinePoint, place
from imp_plus_desktop.ui.charts.year_chart import YearChart, YearView
from imp_plus_desktop.ui.days.day_words import parse_day
from imp_plus_desktop.ui.look import theme
from imp_plus_desktop.ui.look.theme import Tone
from imp_plus_desktop.ui.person.sections.person_sections import CollapsibleSection
from imp_plus_desktop.ui.shaping.column_chip import ColumnChip
from imp_plus_desktop.ui.verdicts.verdict_panel import FindingLine, VerdictPanel, VerdictView
from imp_plus_desktop.ui.widgets.chips import FilterBar, FilterChip
from imp_plus_desktop.ui.widgets.date_edit import DateEdit
from imp_plus_desktop.ui.widgets.flag_chip import FlagChip
from imp_plus_desktop.ui.widgets.form import FormGrid
from imp_plus_desktop.ui.widgets.frames import Card, EmptyState
from imp_plus_desktop.ui.widgets.labels import Words, WordsButton, button
from imp_plus_desktop.ui.widgets.lists import ActionLine, ActionList, ActLine, ActList, RowButton
from imp_plus_desktop.ui.widgets.search_box import SearchBox
from tests.ui.helpers import assert_accessible, type_text

pytestmark = pytest.mark.mostly_long(
    "test_a_day_is_understood_as_people_write_it",
    "test_what_is_no_day_is_refused",
    "test_every_day_the_program_writes_it_also_reads",
    "test_a_date_line_shows_iso_and_marks_nonsense",
    "test_a_text_put_into_the_search_box_is_not_told",
    "test_a_filter_takes_a_choice_of_its_menu_and_gives_it_back",
    "test_a_choice_that_is_gone_is_dropped",
    "test_the_bar_offers_to_clear_while_a_filter_is_on",
    "test_a_verdict_says_when_nothing_is_missing",
    "test_lines_of_work_open_by_mouse_and_by_key",
    "test_what_comes_from_a_list_is_never_read_as_markup",
    "test_a_column_opens_what_it_counts_by_pointer_and_by_keys",
    "test_a_finding_stands_under_its_field_and_is_read_with_it",
    "test_what_begins_one_choice_only_is_taken_for_it",
    "test_the_arrow_leads_from_the_search_box_to_what_was_found",
    "test_a_box_to_tick_stands_where_fields_stand_and_alone_at_the_edge",
)

LEFT = Qt.MouseButton.LeftButton


def shown_texts(root: object) -> list[str]:
    return [x.text() for x in root.findChildren(QLabel) if x.isVisibleTo(root)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "2023-10-07",
        "2023/10/7",
        "20231007",
        "7/10/2023",
        "07-10-2023",
        "7.10.2023",
        "7 oct. 2023",
        "7 octobre 2023",
        "7 Octobre 2023",
        "Oct 7, 2023",
        "October 7 2023",
        "7 October 2023",
        " 7\u00a0oct.\u00a02023 ",
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert parse_day(text) == date(2023, 10, 7)


@pytest.mark.parametrize(
    "text", ["31/02/2023", "7/10/23", "2023-13-01", "7 jui 2023", "jeu di", "2023", "10/2023"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)


def test_the_first_of_a_month_and_both_short_julys_are_days() -> None:
    assert parse_day("1er août 2023") == date(2023, 8, 1)
    assert parse_day("3 juill. 2023") == parse_day("Jul 3, 2023") == date(2023, 7, 3)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["fr", "en"]))
def test_every_day_the_program_writes_it_also_reads(day: date, language: str) -> None:
    i18n.use(language)
    for written in (i18n.format_day(day), i18n.format_day_short(day), i18n.format_iso(day)):
        assert parse_day(written) == day
    i18n.use("en")


def test_a_date_line_shows_iso_and_marks_nonsense(qtbot: QtBot) -> None:
    edit = DateEdit()
    qtbot.addWidget(edit)
    type_text(edit, "7 février 2023")
    edit.normalise()
    assert edit.text() == "2023-02-07"
    assert edit.day() == date(2023, 2, 7)
    edit.clear()
    assert not edit.has_problem()
    type_text(edit, "30/02/2023")
    edit.normalise()
    assert edit.has_problem()
    assert edit.property("tone") == "bad"


def test_the_search_box_waits_and_tells_once(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    told: list[str] = []
    box.searched.connect(told.append)
    with qtbot.waitSignal(box.searched):
        type_text(box, "nguyễn")
    assert told == ["nguyễn"]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == ["nguyễn"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert told == ["nguyễn", ""]
    assert box.text() == ""


def test_a_text_put_into_the_search_box_is_not_told(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    with qtbot.assertNotEmitted(box.searched, wait=300):
        box.set_text("yao")
    assert box.text() == "yao"


def test_choices_that_begin_alike_are_told_apart_where_they_are_cut(qtbot: QtBot) -> None:
    chip = a_chip()
    qtbot.addWidget(chip)
    ends = [(days, f"Un permis qui prend fin d’ici {days} jours") for days in (30, 90, 180)]
    chip.set_choices("Fin", "Toutes", ends)
    shown = set()
    for days, _text in ends:
        chip.set_value(days)
        assert "…" in chip.text()
        shown.add(chip.text())
    assert len(shown) == 3
    assert all(f"{days} jours" in " ".join(shown) for days, _text in ends)


def a_chip() -> FilterChip:
    chip = FilterChip()
    chip.set_choices(
        "Letter", "All letters", [(2022, "Letters of 2022"), (2023, "Letters of 2023")]
    )
    return chip


def test_a_filter_takes_a_choice_of_its_menu_and_gives_it_back(qtbot: QtBot) -> None:
    chip = a_chip()
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    menu = chip.menu_of_choices()
    with qtbot.waitSignal(chip.changed) as chosen:
        menu.actions()[2].trigger()
    assert chosen.args == [2023]
    assert "Letters of 2023" in chip.text()
    assert "✕" in chip.text()
    assert chip.accessibleName() == "Letter: Letters of 2023"
    chip.resize(chip.sizeHint())
    with qtbot.waitSignal(chip.changed):
        qtbot.mouseClick(chip, LEFT, pos=QPoint(chip.width() - 5, chip.height() // 2))
    assert chip.value() is None
    assert chip.text().startswith("All letters")


def test_delete_takes_a_filter_away(qtbot: QtBot) -> None:
    chip = a_chip()
    qtbot.addWidget(chip)
    chip.set_value(2022)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert chip.value() is None


def test_a_choice_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    chip = a_chip()
    qtbot.addWidget(chip)
    chip.set_value(2022)
    chip.set_choices("Letter", "All letters", [(2023, "Letters of 2023")])
    assert chip.value() is None


def test_the_bar_offers_to_clear_while_a_filter_is_on(qtbot: QtBot) -> None:
    bar = FilterBar()
    qtbot.addWidget(bar)
    chip = bar.add_chip(a_chip())
    bar.show()
    clear = next(b for b in bar.findChildren(QPushButton) if b.text() == "Remove all")
    assert not clear.isVisible()
    chip.set_value(2022, tell=True)
    assert clear.isVisible()
    with qtbot.waitSignal(bar.changed):
        qtbot.mouseClick(clear, LEFT)
    assert chip.value() is None


def test_a_verdict_shows_what_is_wrong_first_and_the_rest_on_demand(qtbot: QtBot) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    met = tuple(FindingLine(Tone.OK, f"met {n}") for n in range(4))
    panel.show_verdict(
        VerdictView(
            Tone.BAD,
            "Not eligible",
            "The letter has expired",
            (*met, FindingLine(Tone.BAD, "Letter expired", "INV-02")),
            (FindingLine(Tone.UNKNOWN, "Proof of intent"),),
        )
    )
    panel.show()
    qtbot.waitUntil(lambda: "Letter expired" in shown_texts(panel))
    texts = shown_texts(panel)
    assert "Not eligible" in texts
    assert "met 1" not in texts
    assert "4 conditions met" in texts
    why = next(b for b in panel.findChildren(QPushButton) if b.text() == "Why?")
    qtbot.mouseClick(why, LEFT)
    qtbot.waitUntil(lambda: "met 1" in shown_texts(panel))
    assert "Proof of intent" in shown_texts(panel)
    assert_accessible(panel)


def test_a_verdict_says_when_nothing_is_missing(qtbot: QtBot) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    panel.show_verdict(VerdictView(Tone.OK, "Eligible", ""))
    panel.show()
    assert "Nothing: the file is complete." in shown_texts(panel)


def test_lines_of_work_open_by_mouse_and_by_key(qtbot: QtBot) -> None:
    work = ActionList()
    qtbot.addWidget(work)
    work.set_lines(
        [ActionLine("a", Tone.BAD, "Letters", "4"), ActionLine("b", Tone.WARN, "Permits", "2")]
    )
    work.resize(300, 100)
    work.show()
    first, second = work.rows()
    with qtbot.waitSignal(work.activated) as opened:
        qtbot.mouseClick(first, LEFT)
    assert opened.args == ["a"]
    with qtbot.waitSignal(work.activated) as opened:
        qtbot.keyClick(second, Qt.Key.Key_Return)
    assert opened.args == ["b"]
    assert first.accessibleName() == "Letters: 4"
    assert_accessible(work)


def test_an_act_can_be_undone_from_its_line(qtbot: QtBot) -> None:
    acts = ActList()
    qtbot.addWidget(acts)
    acts.set_lines([ActLine(7, "09:04", "A. Roy", "added a file", "Undo"), ActLine(6, "", "", "x")])
    links = acts.findChildren(QPushButton)
    assert len(links) == 1
    with qtbot.waitSignal(acts.link_clicked) as clicked:
        qtbot.mouseClick(links[0], LEFT)
    assert clicked.args == [7]


def test_what_comes_from_a_list_is_never_read_as_markup(qtbot: QtBot) -> None:
    acts = ActList()
    qtbot.addWidget(acts)
    acts.set_lines([ActLine(1, "", "<b>Roy</b>", "<img src=x>")])
    assert all(x.textFormat() == Qt.TextFormat.PlainText for x in acts.findChildren(QLabel))


def test_the_gauge_warns_before_the_cap_and_says_how_far_over(qtbot: QtBot) -> None:
    gauge = CapGauge()
    qtbot.addWidget(gauge)
    gauge.show()
    gauge.show_cap(CapView(7350, 5219, 6322, 6322))
    assert "1,028" in shown_texts(gauge)
    assert "▲ 86% used" in shown_texts(gauge)
    gauge.show_cap(CapView(100, 104, None, 104))
    assert "▲ 4 over the cap" in shown_texts(gauge)
    gauge.show_cap(CapView(None, 12, None, 12))
    assert "places used, no cap known" in shown_texts(gauge)


def test_columns_say_what_they_show(qtbot: QtBot) -> None:
    chart = ColumnBars()
    qtbot.addWidget(chart)
    chart.show_columns(["Jan", "Feb"], [0, 3], "Nothing")
    assert chart.accessibleDescription() == "Jan 0, Feb 3"
    chart.show_columns(["janv.", "févr."], [0, 3], "Rien", marked=1)
    assert chart.accessibleDescription() == "janv. 0, févr. 3"
    assert not chart.grab().isNull()


def test_columns_of_nothing_say_so_where_they_would_stand(qtbot: QtBot) -> None:
    chart = ColumnBars()
    qtbot.addWidget(chart)
    chart.resize(400, 160)
    chart.show_columns(["janv.", "févr."], [0, 0], "")
    bare = chart.grab().toImage()
    chart.show_columns(["janv.", "févr."], [0, 0], "Aucune lettre en 2026")
    assert chart.accessibleDescription() == "Aucune lettre en 2026"
    assert chart.grab().toImage() != bare, "it is read in the chart too"


@pytest.mark.parametrize(
    "view",
    [
        YearView(2023, 7350, (), date(2023, 1, 1)),
        YearView(2023, None, ((date(2023, 3, 3), 2),), date(2023, 4, 1)),
        YearView(
            2023, 10, ((date(2023, 3, 3), 9),), date(2023, 4, 1), 9, date(2023, 5, 1), None, (9, 40)
        ),
        YearView(
            2023, 7350, ((date(2023, 3, 3), 9),), date(2023, 4, 1), 6322, None, None, (6400, 6900)
        ),
        YearView(2024, 5, ((date(2024, 12, 31), 12),), date(2025, 2, 1)),
    ],
)
def test_a_year_of_any_shape_can_be_drawn(qtbot: QtBot, view: YearView) -> None:
    chart = YearChart()
    qtbot.addWidget(chart)
    chart.resize(500, 200)
    chart.show_year(view)
    assert not chart.grab().isNull()


def test_a_column_opens_what_it_counts_by_pointer_and_by_keys(qtbot: QtBot) -> None:
    bars = ColumnBars()
    qtbot.addWidget(bars)
    bars.resize(608, 200)
    bars.show_columns([str(number) for number in range(12)], [4, 0, 2, *(0,) * 9], "")
    bars.show()
    opened: list[int] = []
    bars.opened.connect(opened.append)
    qtbot.mouseClick(bars, LEFT, pos=QPoint(4 + 125, 100))  # the third of twelve columns
    qtbot.keyClick(bars, Qt.Key.Key_Left)
    qtbot.keyClick(bars, Qt.Key.Key_Return)  # the second counts nothing
    qtbot.keyClick(bars, Qt.Key.Key_Left)
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert opened == [2, 0]


def test_each_step_of_the_path_opens_its_files(qtbot: QtBot) -> None:
    bars = PipelineBars()
    qtbot.addWidget(bars)
    bars.set_lines([PipelineLine("letters", "Letters", 0), PipelineLine("permits", "Permits", 0)])
    bars.resize(300, 80)
    bars.show()
    bars.grab()
    row = bars.findChildren(RowButton)[1]
    with qtbot.waitSignal(bars.activated) as opened:
        qtbot.mouseClick(row, LEFT)
    assert opened.args == ["permits"]


@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(20, 140)), min_size=1, max_size=14),
    st.integers(150, 900),
)
def test_labels_of_a_timeline_never_overlap(facts: list[tuple[int, int]], room: int) -> None:
    facts.sort()
    points = [TimelinePoint(date.fromordinal(738000 + day), "x") for day, _w in facts]
    placed = place(points, [float(width) for _d, width in facts], float(room))
    for row in {item.row for item in placed}:
        labels = sorted((i.left, i.left + i.width) for i in placed if i.row == row)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(labels))


def test_a_timeline_tells_its_facts_in_words(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.set_points(
        [TimelinePoint(date(2023, 10, 5), "Letter"), TimelinePoint(date(2022, 5, 1), "CSQ")]
    )
    assert line.accessibleDescription() == "CSQ May 1, 2022; Letter Oct 5, 2023"


def a_form() -> FormGrid:
    form = FormGrid(columns=2)
    form.add_line("name", "Family name")
    form.add_day("birth", "Date of birth")
    form.add_choice("country", "Citizenship", [("", "—"), ("FRA", "France")], typing=True)
    form.add_check("comes", "Comes along")
    form.add_text("note", "Note")
    return form


def test_a_form_gives_text_and_knows_what_changed(qtbot: QtBot) -> None:
    form = a_form()
    qtbot.addWidget(form)
    form.set_values({"name": "Yao", "birth": "1990-01-02", "country": "FRA", "comes": "yes"})
    assert form.values() == {
        "name": "Yao",
        "birth": "1990-01-02",
        "country": "FRA",
        "comes": "yes",
        "note": "",
    }
    assert form.changed() == {}
    name = form.field("name")
    assert isinstance(name, QLineEdit)
    name.clear()
    with qtbot.waitSignal(form.edited) as told:
        type_text(name, "Ñ")
    assert told.args == ["name"]
    assert form.changed() == {"name": "Ñ"}
    assert_accessible(form)


def test_a_finding_stands_under_its_field_and_is_read_with_it(qtbot: QtBot) -> None:
    form = a_form()
    qtbot.addWidget(form)
    form.show()
    form.set_finding("name", Tone.BAD, "A name is required")
    assert form.finding("name") == "✕ A name is required"
    assert form.field("name").accessibleDescription() == "A name is required"
    assert form.has_findings()
    form.clear_findings()
    assert not form.has_findings()


def test_nonsense_in_a_day_is_passed_on_and_said(qtbot: QtBot) -> None:
    form = a_form()
    qtbot.addWidget(form)
    birth = form.field("birth")
    assert isinstance(birth, DateEdit)
    type_text(birth, "31/02/2023")
    birth.editingFinished.emit()
    assert form.value("birth") == "31/02/2023"
    assert "not a date" in form.finding("birth")


def test_an_empty_place_says_what_fills_it(qtbot: QtBot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    empty.set_texts("No people", "Import a list.", "Import…")
    with qtbot.waitSignal(empty.button_clicked):
        qtbot.mouseClick(empty.findChildren(QPushButton)[0], LEFT)


def test_what_begins_one_choice_only_is_taken_for_it(qtbot: QtBot) -> None:
    form = FormGrid()
    qtbot.addWidget(form)
    countries = [("", ""), ("DZA", "Algérie"), ("MAR", "Maroc"), ("MTQ", "Martinique")]
    box = form.add_choice("country", "Country", countries, typing=True)
    edit = box.lineEdit()
    assert edit is not None
    for typed, code in (("alge", "DZA"), ("MAROC", "MAR"), ("mar", "mar"), ("", "")):
        edit.clear()
        type_text(edit, typed)
        edit.editingFinished.emit()
        assert form.value("country") == code


def test_the_first_field_with_a_finding_takes_the_focus(qtbot: QtBot) -> None:
    form = FormGrid()
    qtbot.addWidget(form)
    lines = {key: form.add_line(key, key) for key in ("one", "two", "three")}
    form.show()
    form.set_finding("one", Tone.WARN, "Odd.")
    form.set_finding("two", Tone.BAD, "Wrong.")
    form.set_finding("three", Tone.BAD, "Wrong too.")
    form.focus_finding()
    assert form.focusWidget() is lines["two"]


def test_findings_stand_above_what_is_missing_where_there_is_little_room(qtbot: QtBot) -> None:
    panel = VerdictPanel()
    qtbot.addWidget(panel)
    finding = FindingLine(Tone.OK, "Lives outside Quebec", rule="ELG-01")
    to_do = FindingLine(Tone.UNKNOWN, "Photo")
    panel.show_verdict(VerdictView(Tone.PLAIN, "Closed", "", (finding,), (to_do,)))
    panel.show()
    places = {}
    for width in (360, 800):
        panel.resize(width, 500)
        qtbot.wait(1)
        shown = {label.text(): label for label in panel.findChildren(QLabel)}
        left, right = (shown[text] for text in ("Lives outside Quebec", "Photo"))
        assert "ELG-01" not in shown, "a rule's number is for whoever asks why"
        origin = QPoint(0, 0)
        places[width] = (left.mapTo(panel, origin), right.mapTo(panel, origin))
    assert places[360][0].x() == places[360][1].x()
    assert places[360][0].y() < places[360][1].y()
    assert places[800][0].x() < places[800][1].x()
    assert places[800][0].y() == places[800][1].y()


def test_the_arrow_leads_from_the_search_box_to_what_was_found(qtbot: QtBot) -> None:
    box = SearchBox()
    qtbot.addWidget(box)
    box.setText("ait")
    with qtbot.waitSignals([box.searched, box.left]):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.assertNotEmitted(box.left):
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box, Qt.Key.Key_Escape)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keys_press_a_button_that_has_the_focus(qtbot: QtBot, key: Qt.Key) -> None:
    made = button("Go on", "accent")
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.clicked):
        qtbot.keyClick(made, key)


@pytest.mark.parametrize("kind", [Words, WordsButton])
@pytest.mark.parametrize(
    "text",
    [
        "Annulé : contact, Tchoumi, Serge",
        "Annuler : a (Ctrl+Z)",
        "Deux dossiers fusionnés",
        "Annuler : modification du dossier, Aït Benhaddou, Vvv (Ctrl+Z)",
    ],
)
def test_words_that_have_the_room_they_asked_for_are_shown_whole(
    qtbot: QtBot, kind: Callable[[str], QLabel | QPushButton], text: str
) -> None:
    made = kind(text)
    qtbot.addWidget(made)
    made.show()
    made.resize(made.sizeHint())
    shown = QLabel.text(made) if isinstance(made, QLabel) else QPushButton.text(made)
    assert shown == text


@pytest.mark.parametrize("title", ["Fees", "Lettres", "Notes", "Autres voies", "Sections vides"])
@pytest.mark.parametrize("count", [0, 1, 6, 12])
def test_the_head_of_a_fold_is_shown_whole_where_there_is_room(
    qtbot: QtBot, title: str, count: int
) -> None:
    fold = CollapsibleSection("any")
    qtbot.addWidget(fold)
    fold.set_head(title, count, "A summary that is a good deal longer than the room beside it")
    fold.resize(400, 60)
    fold.show()
    assert fold.head().text() == (f"{title} ({count})" if count else title)


@pytest.mark.parametrize("width", [300, 360, 420, 700])
def test_the_legends_of_a_gauge_are_read_whole_in_a_narrow_card_too(
    qtbot: QtBot, width: int
) -> None:
    gauge = CapGauge()
    qtbot.addWidget(gauge)
    gauge.resize(width, 200)
    gauge.show()
    gauge.show_cap(CapView(7350, 135, 6322, 6329))
    QApplication.processEvents()
    texts = [found for found in gauge.findChildren(QLabel) if found.isVisible()]
    cut = [found.text() for found in texts if QLabel.text(found) != found.text()]
    assert cut == [] or width < 420
    (bar,) = [made for made in gauge.findChildren(QWidget) if type(made).__name__ == "_CapBar"]
    below = bar.y() > max(found.geometry().bottom() for found in texts if found.y() < bar.y())
    assert below or width == 700


@pytest.mark.parametrize("beside", ["", "since last Tuesday"])
def test_what_follows_a_title_stands_at_the_right_end(qtbot: QtBot, beside: str) -> None:
    card, link = Card(), button("All acts…", "link")
    card.head.addWidget(link)
    card.set_title("Since yesterday", beside)
    qtbot.addWidget(card)
    card.resize(560, 200)
    card.show()
    assert (
        link.geometry().right()
        == card.contentsRect().right() - card.layout().contentsMargins().right()
    )


def test_a_box_to_tick_stands_where_fields_stand_and_alone_at_the_edge(qtbot: QtBot) -> None:
    alone, below = FormGrid(), FormGrid()
    below.add_line("name", "Name")
    for form in (alone, below):
        form.add_check("numbers", "Numbers only")
        qtbot.addWidget(form)
        form.resize(400, 200)
        form.show()
    assert alone.field("numbers").x() == 0
    assert below.field("numbers").x() == below.field("name").x()


def test_the_words_of_an_act_are_whole_where_they_may_not_be_cut(qtbot: QtBot) -> None:
    said = "Family member added: Date of birth March 7, 2022, Citizenship Lebanon, Relation Child"
    acts = ActList(stacked=True, whole=True)
    acts.set_lines([ActLine(1, "Nov 18", "Sophie Gagnon", said)])
    qtbot.addWidget(acts)
    acts.resize(240, 200)
    acts.show()
    texts = [QLabel.text(one) for one in acts.findChildren(Words)]
    assert texts == [said, "Nov 18 · Sophie Gagnon"]


def test_the_list_of_words_offered_while_typing_has_a_frame(qtbot: QtBot) -> None:
    form = FormGrid()
    qtbot.addWidget(form)
    box = form.add_choice("c", "Country", [("MAR", "Morocco"), ("MLI", "Mali")], typing=True)
    form.show()
    edit = box.lineEdit()
    assert edit is not None
    edit.clear()
    QTest.keyClicks(edit, "m")
    completer = box.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    image = popup.grab().toImage()
    assert image.pixelColor(0, 9).name() == theme.current().border.lower()
    popup.hide()


def test_the_chip_of_findings_has_the_room_of_the_others(qtbot: QtBot) -> None:
    chip, other = FlagChip(), FilterChip()
    for made in (chip, other):
        qtbot.addWidget(made)
    chip.fill(3)
    other.set_choices("Year", "Every year", [(1, "1")])

    def beside(made: FilterChip) -> int:
        return made.sizeHint().width() - made.fontMetrics().horizontalAdvance(made.text())

    off = chip.sizeHint().width()
    assert abs(beside(chip) - beside(other)) <= 12
    chip.set_value(True)
    assert chip.sizeHint().width() == off


def test_what_is_said_of_a_field_stands_nearer_to_it_than_to_the_next(qtbot: QtBot) -> None:
    form = FormGrid()
    qtbot.addWidget(form)
    first, second = form.add_line("a", "First"), form.add_line("b", "Second")
    form.set_finding("a", Tone.BAD, "Too short")
    form.adjustSize()
    form.show()
    said = next(one for one in form.findChildren(QLabel) if one.text().endswith("Too short"))
    words = said.fontMetrics().boundingRect(said.rect(), int(said.alignment()), "Too short")
    above = said.y() + words.top() - first.geometry().bottom()
    below = second.geometry().top() - (said.y() + words.bottom())
    assert above < below


def test_a_chip_of_a_column_shows_what_is_asked_before_what_the_column_is_called(
    qtbot: QtBot,
) -> None:
    chip = ColumnChip("person.pr_state")
    qtbot.addWidget(chip)
    chip.set_value(ColumnFilter("person.pr_state", ("in_process", "approved")))
    title, words = "State of the PR application (principal)", "In process, Approved"
    chip.set_words(title, words)
    most = theme.metrics().body * ColumnChip.MOST_EM
    shown = chip.text()
    assert shown.endswith(f": {words}  ✕")
    assert shown.startswith("State of")
    assert "…" in shown
    assert chip.fontMetrics().horizontalAdvance(shown) <= most
    assert f"{title}: {words}" in chip.toolTip()
    chip.set_words(title, ", ".join([words] * 9))
    shown = chip.text()
    assert shown.startswith("State")
    assert shown.endswith("…  ✕")
    assert chip.fontMetrics().horizontalAdvance(shown) <= most
    chip.set_words("Sex", "F")
    assert chip.text() == "Sex: F  ✕"
    assert "Sex" not in chip.toolTip()
