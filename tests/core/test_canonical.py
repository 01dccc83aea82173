from __future__ import annotations

import pytest

from cms.core.canonical import canonical_json, sha256


def test_one_text_for_one_value() -> None:
    assert canonical_json({"b": [1, "ä"], "a": None}) == '{"a":null,"b":[1,"ä"]}'
    assert canonical_json({"a": 1, "b": 2}) == canonical_json({"b": 2, "a": 1})


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, float("nan")])
def test_no_floating_point_numbers(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_the_hash_is_of_the_text() -> None:
    assert sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
