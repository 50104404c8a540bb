from components.maps.object_marks import object_rows
from components.object_parts import NO_OBJECTS, object_headline, object_table
from components.panel import panel
from tests.support import sample_objects, sample_water, trees

NOW = sample_water.NOW
OBJECTS = sample_objects.service().objects(sample_water.situation())


def words(tree):
    return trees.text(panel("x", tree)).replace("\N{NO-BREAK SPACE}", " ")


def test_the_table_says_what_is_cut_off_from_when_and_that_it_is_an_estimate():
    said = words(object_table("Objekte", OBJECTS, NOW))
    assert "Zeltplatz Nitz" in said
    assert "wohl abgeschnitten" in said
    assert "Schätzung, zu prüfen , 01.11.2026" in said
    assert "bestätigt , 01.11.2026" in said
    assert "1,20 m am Pegel Nitz" in said


def test_people_are_told_only_where_they_are_known():
    said = words(object_table("Objekte", OBJECTS, NOW))
    assert "nicht bekannt" in said
    assert "40" in said


def test_an_empty_list_is_no_promise():
    assert words(object_table("Objekte", (), NOW)).endswith(NO_OBJECTS)
    assert object_headline(()) == "Noch keine Objekte eingetragen"


def test_the_headline_counts_what_is_cut_off_and_what_is_to_be_expected():
    assert object_headline(OBJECTS).startswith("1 Objekt wohl abgeschnitten, ")
    silent = sample_objects.service().objects(sample_water.situation("silent"))
    assert object_headline(silent) == "Zu 6 von 6 Objekten gibt es keine Daten"


def test_marks_of_the_map_say_the_same_as_the_table_where_the_position_is_known():
    tips = {row["pick"][1]: row["tip"] for row in object_rows(OBJECTS, NOW)}
    assert set(tips) == {"haltestelle", "weg"}  # the others would hide the marks of their places
    assert "zu erwarten: " in tips["haltestelle"]
    assert "Schätzung, zu prüfen" in tips["weg"]
