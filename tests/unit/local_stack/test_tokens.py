import uuid
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from tests.local_stack.office.doorkeeper import Doorkeeper
from tests.local_stack.office.people import AMIRA
from tests.local_stack.tokens import AUDIENCE, TENANT, SigningKey, TokenIssuer

ISSUER = "http://127.0.0.1:1/tenant/v2.0"
DATAVERSE = "http://127.0.0.1:2"
SERVICE = uuid.UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey()


@pytest.fixture
def issuer(key: SigningKey) -> TokenIssuer:
    return TokenIssuer(issuer=ISSUER, key=key)


@pytest.fixture
def doorkeeper(key: SigningKey) -> Doorkeeper:
    return Doorkeeper(
        public_key=key.public_pem(),
        issuer=ISSUER,
        audience=lambda: DATAVERSE,
        service_user_id=lambda: SERVICE,
    )


def now() -> datetime:
    return datetime.now(UTC)


def test_a_token_for_the_api_says_who_it_is_for_and_from(issuer: TokenIssuer) -> None:
    moment = now()
    token = issuer.for_api(AMIRA.entra_object_id, now=moment)

    claims = jwt.decode(
        token,
        jwt.PyJWK(issuer.key.public()),
        algorithms=["RS256"],
        audience=AUDIENCE,
        issuer=ISSUER,
    )

    assert claims["oid"] == str(AMIRA.entra_object_id)
    assert claims["tid"] == TENANT
    assert claims["scp"] == "access_as_user"
    assert claims["exp"] - claims["iat"] == 3600
    assert jwt.get_unverified_header(token)["kid"] == issuer.key.id


def test_dataverse_knows_a_person_by_her_token(issuer: TokenIssuer, doorkeeper: Doorkeeper) -> None:
    token = issuer.for_dataverse(DATAVERSE, now=now(), entra_object_id=AMIRA.entra_object_id)

    assert doorkeeper(token) == AMIRA.systemuserid
    assert doorkeeper(token) == AMIRA.systemuserid


def test_dataverse_knows_the_application_by_its_token(
    issuer: TokenIssuer, doorkeeper: Doorkeeper
) -> None:
    assert doorkeeper(issuer.for_dataverse(DATAVERSE, now=now())) == SERVICE


def test_dataverse_knows_nobody_by_a_token_that_is_not_good(
    issuer: TokenIssuer, doorkeeper: Doorkeeper
) -> None:
    stranger = TokenIssuer(issuer=ISSUER)
    tokens = {
        "of another key": stranger.for_dataverse(DATAVERSE, now=now()),
        "expired": issuer.for_dataverse(DATAVERSE, now=now() - timedelta(hours=2)),
        "for another audience": issuer.for_dataverse("http://127.0.0.1:3", now=now()),
        "for the API": issuer.for_api(AMIRA.entra_object_id, now=now()),
        "of somebody unknown": issuer.for_dataverse(
            DATAVERSE, now=now(), entra_object_id=uuid.uuid4()
        ),
        "nonsense": "nonsense",
    }

    assert {name for name, token in tokens.items() if doorkeeper(token)} == set()
