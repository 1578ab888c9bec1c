import pytest

from dataverse_client.keys import AlternateKey, ElasticKey, Key, address, link, row_id
from tests.unit.dataverse_client.answers import API, CASE, LOG


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        pytest.param(CASE, f"cht_rows({CASE})", id="primary key"),
        pytest.param(
            ElasticKey("cht_rowid", LOG, "case 'A'"),
            f"cht_rows(cht_rowid={LOG},partitionid='case%20''A''')",
            id="id and partition",
        ),
        pytest.param(
            AlternateKey(name="A/B", number=2, _parent_value=CASE),
            f"cht_rows(name='A%2FB',number=2,_parent_value={CASE})",
            id="alternate key",
        ),
    ],
)
def test_a_key_names_a_row(key: Key, expected: str) -> None:
    assert address("cht_rows", key) == expected


def test_a_link_points_at_a_row() -> None:
    assert link("incidents", CASE) == f"/incidents({CASE})"


def test_an_alternate_key_has_no_gaps() -> None:
    with pytest.raises(ValueError, match="none of them null"):
        AlternateKey(name=None)
    with pytest.raises(ValueError, match="needs values"):
        AlternateKey()


@pytest.mark.parametrize("name", ["", "incidents?x", "a/b", "a b", "1a", "größen"])
def test_what_cannot_be_an_entity_set_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an entity set"):
        address(name, CASE)


@pytest.mark.parametrize(
    "url",
    [
        f"{API}incidents({CASE})",
        f"{API}incidents({str(CASE).upper()})",
        f"{API}cht_rows(cht_rowid={CASE},partitionid='{LOG}')",
    ],
)
def test_the_id_is_found_in_the_address_of_a_row(url: str) -> None:
    assert row_id(url) == CASE


def test_an_address_by_alternate_key_has_no_id() -> None:
    assert row_id(f"{API}accounts(accountnumber='A1')") is None
