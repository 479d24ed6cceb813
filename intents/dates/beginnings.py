"""The words a spoken time can begin with. Most words cannot, and are passed over at once: this keeps reading quick."""

from intents.dates.atoms import MONTHS, WEEKDAYS
from intents.numbers import ORDINALS, is_number_word
from intents.words import vocabulary

_BEGINNINGS = vocabulary(
    "from between no not any anytime later earlier past after starting since beyond before by until till up",
    "sooner prior the this next last a an in at on sometime some during within",
    "early late end beginning start middle mid towards",
    "today tomorrow tonight yesterday day week weekend weekends weekday weekdays month fortnight fortnights",
    "first second morning mornings midmorning afternoon afternoons evening evenings night nights lunch lunchtime",
    "lunchtimes noon noonish midday midnight half quarter couple few coming upcoming following same asap soon",
    "christmas xmas new halloween thanksgiving labor memorial martin mlk presidents columbus mother's mothers father's",
    "fathers black election valentine's valentines independence saint st veterans juneteenth easter good",
)


def may_begin(word: str) -> bool:
    """Whether a spoken time can begin with this word."""
    return word in _BEGINNINGS or word in MONTHS or word in WEEKDAYS or is_number_word(word) or word in ORDINALS
