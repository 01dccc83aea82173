"""The page that both publish: one service, with the same words in the same places."""

from __future__ import annotations

TOPIC = "Streets and parking"
TITLE = "Resident parking permit"
SUMMARY = "Park near your home in a street where parking needs a permit."
PURPOSE = (
    "<p>In some streets you may only park with a permit, so that people who live there find a place. "
    "A permit is for one car and one zone. It lasts for a year and shows in our map as soon as you have paid.</p>"
    "<p>A permit does not reserve a place, and it does not allow parking in front of a driveway.</p>"
)
WHO_FOR = (
    "<ul><li>You live in a permit street.</li><li>The car is registered at your address.</li>"
    "<li>Nobody else has a permit for the same car.</li></ul>"
)
TO_BRING = "<ul><li>The registration document of the car</li><li>A letter that shows your address</li></ul>"
STEPS = [
    (
        "Look up your zone",
        "<p>Type your street in the map. The zone's letter is on the street signs too.</p>",
    ),
    ("Have your papers at hand", "<p>A photo of each paper is enough, if everything on it can be read.</p>"),
    ("Apply", "<p>Fill in the form. It takes about ten minutes, and you can stop and come back later.</p>"),
    ("Pay", "<p>You pay by card at the end. At the desk you can pay in cash as well.</p>"),
    ("Park", "<p>The permit is digital: there is nothing to put behind the windscreen.</p>"),
]
FEES = [
    ("First car", "27.50", "for a year"),
    ("Second car", "64.00", "for a year"),
    ("Visitor's book of ten", "12.00", "valid for half a day each"),
]
PROCESSING = ("Processing", 3, "working_days")
DEADLINE = ("Renewal", "two weeks before the permit ends")
CHANNELS = [
    ("online", "Apply for a permit", "https://permits.example/apply"),
    ("phone", "Parking line", "01632 960 120"),
    ("post", "Parking team", "PO Box 12, Marhaven"),
]
PLACE = "Town hall"
PLACE_ADDRESS = ("1 Market Square", "MV1 1AA", "Marhaven")
PLACE_HOURS = [(day, "09:00", "17:00") for day in range(1, 6)]
RELATED = ["Visitor parking", "Disabled parking bay"]
