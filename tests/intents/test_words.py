from intents.words import split, spoken, tidy


def test_tidy_leaves_one_kind_of_space_and_quote() -> None:
    assert tidy("  it’s\tten\x00 o’clock – ok ") == "it's ten o'clock - ok"


def test_words_know_their_place_and_whether_they_are_glued() -> None:
    text = tidy("at 3pm, tommorow")
    words = split(text)
    assert [(w.norm, w.glued) for w in words] == [
        ("at", False), ("3", False), ("pm", True), (",", True), ("tomorrow", False),
    ]  # fmt: skip
    assert all(text[w.start : w.end] == w.text for w in words)


def test_contractions_stay_one_word() -> None:
    assert [w.norm for w in split(tidy("I can't, it's o'clock"))] == ["i", "can't", ",", "it's", "o'clock"]


def test_an_endless_text_is_cut() -> None:
    assert len(split("word " * 10_000)) == 600


def test_spoken_drops_punctuation() -> None:
    assert spoken(split("Yes, that's fine!")) == "yes that's fine"
