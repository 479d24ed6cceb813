import pytest

from clinic.people import BadPhone, Phone


@pytest.mark.parametrize("written", ["206 555 0142", "(206) 555-0142", "+1 206.555.0142", "2065550142"])
def test_numbers_as_people_write_them(written: str) -> None:
    assert Phone.parse(written) == Phone("+12065550142")


@pytest.mark.parametrize("written", ["", "five", "12", "+", "206 555 0142 0142 0142", "+1206555014x", "٢٠٦٥٥٥٠١٤٢" * 3])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(BadPhone):
        Phone.parse(written)


@pytest.mark.parametrize("e164", ["2065550142", "+1", "+1206555014²", "+12065550142\n"])
def test_a_phone_is_checked_when_made(e164: str) -> None:
    with pytest.raises(BadPhone):
        Phone(e164)
