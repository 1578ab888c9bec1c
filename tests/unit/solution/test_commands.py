import pytest

from solution.tools.__main__ import COMMANDS, main, parser


def test_the_help_says_in_a_line_what_each_command_does() -> None:
    text = " ".join(parser().format_help().split())

    for name, module in COMMANDS.items():
        first_line = (module.__doc__ or "").strip().partition("\n")[0]
        assert f"{name} {first_line}" in text


@pytest.mark.parametrize("words", [[], ["dance"], ["unpack", "only-a.zip"]])
def test_who_asks_wrongly_is_told_how_to_ask(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)

    assert stopped.value.code == 2
    assert "usage: python -m solution.tools" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "nowhere.zip"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "nowhere.zip" in line
