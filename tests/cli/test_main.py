"""The one command: its help, its exit codes, and the commands of the rooms."""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from schakel.cli.command import GROUPS, Exit, Installation
from schakel.cli.commands import COMMANDS
from schakel.cli.help import show_help
from schakel.cli.main import main
from schakel.cli.rooms import room_commands


def test_the_help_shows_every_command_under_its_group() -> None:
    stream = io.StringIO()
    show_help(COMMANDS, room_commands(), Console(file=stream, width=120))
    lines = stream.getvalue()
    for command in [*COMMANDS.values(), *room_commands().values()]:
        assert f"  {command.name} " in lines
        assert command.summary.split()[0] in lines


def test_every_command_has_a_group_of_the_help_and_says_what_it_does() -> None:
    for command in [*COMMANDS.values(), *room_commands().values()]:
        assert command.group in GROUPS, f"{command.name}: {command.group} is none of {', '.join(GROUPS)}"
        assert command.summary, command.name


def test_what_is_read_from_the_source_is_what_the_command_says() -> None:
    for path in sorted(Path(COMMANDS_OF_ROOMS).glob("*/management/commands/*.py")):
        command = room_commands().get(path.stem)
        module = importlib.import_module(f"schakel.{path.parts[-4]}.management.commands.{path.stem}")
        said = getattr(getattr(module, "Command", None), "group", None)
        assert (command.group if command else None) == said, path


COMMANDS_OF_ROOMS = Path(__file__).parents[2] / "schakel"


def test_no_command_hides_another() -> None:
    rooms = [path.stem for path in COMMANDS_OF_ROOMS.glob("*/management/commands/[a-z]*.py")]
    assert len(rooms) == len(set(rooms))
    assert not set(rooms) & set(COMMANDS)


def test_an_unknown_command_is_wrong_use_and_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bakcup"]) == Exit.REFUSED
    assert "Did you mean `backup`?" in capsys.readouterr().err


def test_no_words_and_asking_for_help_give_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["--help"], ["help"], ["-h"]):
        assert main(words) == Exit.DONE
        assert "Exit codes" in capsys.readouterr().out


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == Exit.DONE
    assert capsys.readouterr().out.startswith("schakel ")


def test_a_restore_of_what_is_no_backup_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    strange = tmp_path / "strange.tar"
    strange.write_text("not a backup")
    assert main(["restore", str(strange)]) == Exit.REFUSED
    assert "is not a backup of Schakel" in capsys.readouterr().err


def test_a_fault_is_told_from_wrong_use(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(own: Mapping[str, object], rooms: Mapping[str, object]) -> None:
        raise RuntimeError("something broke")

    monkeypatch.setattr("schakel.cli.main.show_help", broken)
    assert main(["--help"]) == Exit.FAULT
    assert "something broke" in capsys.readouterr().err


def test_stopping_it_by_hand_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(own: Mapping[str, object], rooms: Mapping[str, object]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("schakel.cli.main.show_help", stopped)
    assert main(["--help"]) == Exit.INTERRUPTED


def test_a_throw_away_database_need_not_survive_a_power_cut() -> None:
    assert Installation(temporary=True).server_settings["fsync"] == "off"
    assert Installation().server_settings == {}
