"""The keyring: two ways to give it, and one clear line for each way to give it wrongly."""

import base64
from pathlib import Path

import pytest

from clinic.errors import SettingsError
from security.keyring import Key, Keyring, make_keys_file, read_keyring

ONE, TWO = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))


def test_newest_first() -> None:
    ring = read_keyring(f"k2:{TWO}, k1:{ONE}")
    assert [key.id for key in ring.keys] == ["k2", "k1"]
    assert ring.newest.secret == bytes([2]) * 32


def test_a_file_holds_the_same_one_a_line(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# newest first\nk2:{TWO}\n\nk1:{ONE}\n")
    assert read_keyring(f"file:{file}") == read_keyring(f"k2:{TWO},k1:{ONE}")


def test_a_new_file_is_the_owners_only_and_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "var" / "keys"
    make_keys_file(file)
    made = file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(read_keyring(f"file:{file}").newest.secret) == 32
    make_keys_file(file)
    assert file.read_text() == made


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "k1",
        "k1:",
        "k1:not base64!",
        "k1:c2hvcnQ=",
        f":{ONE}",
        f"k1:{ONE},k1:{TWO}",
        "file:/nowhere/keys",
        f"ключ:{ONE}",
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(setting: str) -> None:
    with pytest.raises(SettingsError, match="THROUGHLINE_KEYS") as raised:
        read_keyring(setting)
    assert ONE not in str(raised.value)
    assert "not base64!" not in str(raised.value)


def test_purposes_have_keys_of_their_own_and_secrets_stay_out_of_sight() -> None:
    key = Key(id="k1", secret=bytes([1]) * 32)
    assert len({key.derive("fields"), key.derive("lookup"), key.secret}) == 3
    assert key.derive("fields") == key.derive("fields")
    assert "\\x01" not in repr(Keyring((key,)))
