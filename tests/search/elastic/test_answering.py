"""Who answers, and what people and operators notice when it isn't Elasticsearch: nothing, and everything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cms.publications.models import Cursor
from search import elastic
from search.elastic import client, generations, health
from search.elastic.engine import ElasticEngine
from search.engines import embedded
from search.queries import find, suggest
from tests.search.publishing import article, service

from .conftest import Time
from .server import Node

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("elasticsearch")]
NOWHERE = "http://127.0.0.1:9"  # nobody listens at the port “discard”


class Answered:
    """How many questions Elasticsearch answered."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        for name in ("candidates", "count", "suggest"):
            monkeypatch.setattr(ElasticEngine, name, self._counting(getattr(ElasticEngine, name)))

    def _counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **more: Any) -> Any:
            answer = real(*args, **more)
            self.times += 1
            return answer

        return counting


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> Answered:
    return Answered(monkeypatch)


def titles(question: str, audience: str = "staff") -> list[str]:
    return [result.title for result in find(question, audience=audience).results]


def readyz() -> dict[str, Any]:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    said: dict[str, Any] = answer.json()
    assert said["ready"] is True
    return said


def metrics(settings: Any) -> dict[str, str]:
    settings.METRICS_TOKEN = "token"
    text = Client().get("/metrics", headers={"Authorization": "Bearer token"}).content.decode()
    return dict(line.rsplit(" ", 1) for line in text.splitlines())


def test_it_answers_what_the_database_would(site: Node, answered: Answered, time: Time) -> None:
    permit = service("Parking permit", "For residents")
    article("May I park here?", about=permit)
    article("Parking fines", "Pay within two weeks.")
    for audience in ("public", "staff"):
        for question in ("parking", "park residents", "pay parking fines", "nothing of that kind"):
            without = find(question, audience=audience), suggest(question, audience=audience)
            elastic.read_on()
            time.pass_by(health.PAUSE)
            assert (find(question, audience=audience), suggest(question, audience=audience)) == without
    assert answered.times > 20
    assert readyz()["degraded"] == []


def test_a_server_that_is_killed_is_not_missed_and_its_return_is_noticed(
    site: Node, answered: Answered, time: Time, settings: Any
) -> None:
    settings.ELASTICSEARCH_TIMEOUT = 5.0
    service("Parking permit")
    elastic.read_on()
    assert titles("parking") == ["Parking permit"] and answered.times
    site.kill()
    times = answered.times
    assert titles("parking") == ["Parking permit"]
    service("Parking fine")  # publishing asks nobody
    assert titles("parking") == ["Parking fine", "Parking permit"]
    assert answered.times == times
    assert elastic.read_on() == 0
    [why] = readyz()["degraded"]
    assert "Elasticsearch doesn't answer" in why
    assert metrics(settings)["oneanswer_elasticsearch_up"] == "0"
    assert metrics(settings)["oneanswer_elasticsearch_behind"] == "1"

    site.start()
    site.wait_until_healthy()
    assert elastic.read_on() == 0  # it is tried again after a pause, not at every step
    time.pass_by(10)
    assert elastic.read_on() == 1
    assert titles("parking") == ["Parking fine", "Parking permit"]
    assert answered.times > times
    assert readyz()["degraded"] == []
    assert metrics(settings)["oneanswer_elasticsearch_up"] == "1"
    assert metrics(settings)["oneanswer_elasticsearch_behind"] == "0"


def test_a_door_that_failed_once_stays_shut_for_a_while(
    site: Node, switched_on: Callable[[str], None], answered: Answered, time: Time
) -> None:
    service("Parking permit")
    elastic.read_on()
    titles("parking")
    with mock.patch.object(ElasticEngine, "candidates", side_effect=client.NotTaken) as asked:
        assert titles("parking") == ["Parking permit"]
        times = answered.times
        assert titles("parking") == ["Parking permit"]
        assert asked.call_count == 1 and answered.times == times
    assert titles("parking") and answered.times == times
    time.pass_by(health.PAUSE)
    assert titles("parking") and answered.times > times
    switched_on(NOWHERE)
    assert titles("parking") == ["Parking permit"]
    assert suggest("park", audience="public") == ["Parking permit"]
    switched_on(site.url)


def test_one_that_is_empty_or_late_does_not_answer(
    site: Node, answered: Answered, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    service("Parking permit")
    assert titles("parking") == ["Parking permit"]
    assert readyz()["degraded"] == ["Elasticsearch has no index of this log yet; the worker builds one."]
    elastic.read_on()
    time.pass_by(health.PAUSE)
    assert titles("parking") == ["Parking permit"] and answered.times
    service("Parking fine")
    times = answered.times
    assert titles("parking") == ["Parking fine", "Parking permit"] and answered.times == times
    assert readyz()["degraded"] == []  # it reads on within a second
    later = health.calendar.now() + health.BEHIND + timedelta(seconds=1)
    monkeypatch.setattr(health.calendar, "now", lambda: later)
    time.pass_by(health.PAUSE)
    assert readyz()["degraded"] == ["Elasticsearch is behind the log."]
    elastic.read_on()
    time.pass_by(health.PAUSE)
    assert titles("parking") == ["Parking fine", "Parking permit"] and answered.times > times
    assert readyz()["degraded"] == []


def test_the_database_has_the_last_word(site: Node, answered: Answered) -> None:
    """A staff text that stands in the public index, whoever put it there, is shown to nobody; nor is what was
    withdrawn a moment ago."""
    note = article("Parking of hearses", "Only staff may read this.")
    elastic.read_on()
    es = client.for_writing()
    row = es.get(index=generations.answers("staff"), id=str(note.pk))["_source"]
    es.index(index=generations.answers("public"), id=str(note.pk), document=row, refresh=True)
    assert [c.title for c in ElasticEngine().candidates("public", [], key="parking of hears")] != []
    found = find("parking of hearses", audience="public")
    assert answered.times
    assert (found.total, found.results) == (0, [])
    assert "hearses" not in repr(found).replace(found.query, "")
    assert suggest("parking", audience="public") == []


def test_the_key_travels_with_every_request(site: Node, settings: Any) -> None:
    client.forget()
    settings.ELASTICSEARCH_API_KEY = "secret"
    with mock.patch("elastic_transport.Transport.perform_request", side_effect=client.NotTaken) as asked:
        elastic.why_not_well()
    assert asked.call_args.kwargs["headers"]["authorization"] == "ApiKey secret"
    client.forget()


def test_publishing_never_asks_elasticsearch(site: Node, switched_on: Callable[[str], None]) -> None:
    switched_on(NOWHERE)
    service("Parking permit")
    assert embedded().items("public")
    switched_on(site.url)


def test_operators_are_told_what_happens(
    site: Node, switched_on: Callable[[str], None], settings: Any
) -> None:
    def run(*words: str) -> str:
        out = StringIO()
        call_command(*words, stdout=out)
        return out.getvalue()

    permit = service("Parking permit")
    with pytest.raises(CommandError, match="no index of this log yet"):
        run("search_verify")
    assert "a new generation" in run("search_rebuild")
    assert "say what the log says" in run("search_verify")
    row = client.for_writing().get(index=generations.answers("staff"), id=str(permit.pk))
    client.for_writing().index(
        index=generations.answers("staff"),
        id=str(permit.pk),
        document={},
        version=row["_version"],
        version_type="external_gte",
    )
    told = f"Elasticsearch: {permit.pk} is published and missing from the staff index."
    with pytest.raises(CommandError, match="1 differences"):
        run("search_verify")
    assert told in run("search_verify", "--repair")
    assert "say what the log says" in run("search_verify")
    service("Parking fine")
    assert "elasticsearch: 1 entries read" in run("run_readers")
    switched_on(NOWHERE)
    for command in ("search_rebuild", "search_verify"):
        with pytest.raises(CommandError, match="Elasticsearch didn't do it"):
            run(command)
    assert Cursor.objects.filter(name__endswith=generations.BUILDING).count() == 0
    switched_on(site.url)
    run("search_rebuild")
    assert find("parking", audience="public").total == 2
