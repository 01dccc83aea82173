"""What analysis knows about each language. A language that stands in no table is searched unstemmed.

All words are written as people write them; who compares them folds them first. `nb` stands for all that
is Norwegian (see `family`).
"""

from __future__ import annotations

import re

# Snowball's name of each language's stemmer. From Snowball 3 on, `german` takes ae, oe and ue for ä, ö
# and ü, and `dutch` is Kraaij and Pohlmann's, which knows that huizen and huis are one word.
STEMMERS = {
    "en": "english",
    "nl": "dutch",
    "de": "german",
    "nb": "norwegian",
    "sv": "swedish",
}

# What Snowball leaves on a stem and shouldn't: Swedish skolan, skola (plan stays as it is).
LEFT_OVER = {"sv": re.compile(r"(?<=\w{3})an$")}

# Words whose stem is another matter, with that stem: who asks for parking doesn't ask for a park, though
# who asks where to park may ask for parking.
UNSTEMMED = {"en": {"parking": "park"}}

# What a stemmer takes off the front of words: gesprek, sprek.
BEGINNINGS_CUT = {"nl": frozenset({"ge"})}

# Words that ask for nothing by themselves. They are indexed all the same; a question that has other
# words is asked without them. Negations are not among them: they may tell ("nicht abgeholt").
STOP_WORDS = {
    "en": frozenset(
        """
        a about am an and any are as at be been by can could did do does for from get had has have how
        i if im in into is it its ive me my need of on or our please should so some than that the their
        them then there these they this those to us want was we were what whats when where which who
        whom why with would you your
        """.split()
    ),
    "nl": frozenset(
        """
        aan al als ben bent bij ben daar dan dat de deze die dit door doe doen doet dus een eens en er
        etc gaan gaat ga graag had hadden heb hebben hebt heeft hem het hier hij hoe hoeveel hun ik
        in is jij je jou jouw jullie kan kun kunnen kunt krijg krijgen krijgt maar mag me met mij mijn
        mogen moet moeten na naar nog nu of om omdat onder ons onze ook op over te tegen ten ter toe tot
        u uit uw van vanaf via voor waar waarom waarmee waarvoor waarheen wanneer want waren was wat we
        wel welk welke werd wie wij wil wilt willen word worden wordt zal ze zich zij zijn zo zou
        zouden zullen s t
        """.split()
    ),
    "de": frozenset(
        """
        ab aber alle als also am an auf aus bei beim bekomme bekommen bekommt bin bis bitte brauche braucht brauchen da dann darf
        das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dieses dir du
        durch dürfen ein eine einem einen einer eines er es etwas euch euer eure für gegen gibt habe
        haben hat hatte hätte hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist ja kann
        kannst können könnte machen mache macht man mein meine meinem meinen meiner meines
        mich mir mit möchte möchten muss muß müssen nach noch ob oder seid sein seine seinem seinen
        seiner sich sie sind so sollte über um ums und uns unser unsere unserem unseren unserer unter
        vom von vor wann war waren warum was weil welche welchem welchen welcher welches wenn wer werde
        werden wem wen wessen wie wieso wieviel will wir wird wo wofür woher wohin womit wollen worden
        wozu würde würden zu zum zur zwischen
        """.split()
    ),
    "nb": frozenset(
        """
        alle at av begge bli blir ble da de deg dei deira dem den denne der deres det dette di din dine
        disse ditt du dykk då eg ei ein eit ein eller en er et ett etter for fordi fra frå få får gjør
        gjøre gjer ha hadde han hans har hennes henne her hos hun hva hvem hver hvilke hvilken hvilket
        hvis hvor hvordan hvorfor i inn ja jeg kan korleis kva kvar kven kvifor kunne man med
        meg mellom men mens mi min mine mitt må måtte noe noen noko nokon nå når og også om opp oss over
        på seg si sin sine sitt skal skulle slik som så til trenger treng ut var ved vel vere vi vil
        ville vår våre være å
        """.split()
    ),
    "sv": frozenset(
        """
        alla att av bli blir blev behöver de dem den denna deras dess dessa det detta dig din dina dit
        ditt du då där efter eller en er era ert ett finns från få får för genom gör göra ha hade han
        hans har henne hennes hon honom hos hur här i in ja jag kan kunde man med mellan men mig min
        mina mitt måste mot ni nu när någon något några och också om oss på samt sig sin sina sitt ska
        skall skulle som så till under upp ut vad var varför varifrån vart vem vems vi vid vilka vilken
        vilket vill ville vår våra vårt vara är åt än över
        """.split()
    ),
}

# Words that a stop word turns into when it is typed without its marks: får (gets), far (father).
NOT_STOP_WORDS = {"nb": frozenset({"far"}), "sv": frozenset({"far"})}

# What may hang on a word by an apostrophe, a colon or a gender sign, and is not searched for: the
# bin's, we're, foto's, zo'n, EU:s, Bürger*innen. In a folded token, before its end or a joint.
_END = r"(?=$|[./_@&+-])"
CLITICS = {
    "en": re.compile(rf"'(?:s|ll|re|ve|d|m){_END}"),
    "nl": re.compile(rf"'(?:s|n|t|tjes?|ers?|en){_END}"),
    "de": re.compile(rf"'s{_END}|(?:[:*_/]|/-)in{_END}|(?:[:*_/]|/-)innen"),
    "nb": re.compile(rf"'s{_END}|:[a-z]+{_END}"),
    "sv": re.compile(rf"'s{_END}|:[a-z]+{_END}"),
    "": re.compile(rf"'s{_END}"),
}

# The same word in other letters, looked for when a question is asked: what people type for letters
# that their keyboard lacks (in a folded word) and the letters that it stands for.
RESPELLINGS = {
    # Not in neue, Steuer, Quelle; nor across kitaeingang.
    "de": (
        (re.compile(r"(?<![aeiouq])ae(?!i)"), "a"),
        (re.compile(r"(?<![aeiouq])oe(?!i)"), "o"),
        (re.compile(r"(?<![aeiouq])ue(?!i)"), "u"),
    ),
    "nb": ((re.compile("aa"), "a"), (re.compile("oe"), "o")),
    "sv": ((re.compile("aa"), "a"), (re.compile("ae"), "a"), (re.compile("oe"), "o")),
    # fotos for foto's; rybewys
    "nl": (
        (re.compile(r"(?<=\w[^aeiou][aiou])s$|(?<=by)s$"), ""),
        (re.compile(r"(?<![aeiou])y(?=[^\Waeiou])"), "ij"),
    ),
}
# And the other way round: how a text may write them that lacked the letters.
WRITTEN_OUT = {
    "de": {"ä": "ae", "ö": "oe", "ü": "ue"},
    "nb": {"å": "aa", "ø": "oe", "ä": "ae", "ö": "oe"},
    "sv": {"å": "aa", "ä": "ae", "ö": "oe"},
    "nl": {"ij": "y", "ĳ": "y"},
}

# Languages that write 1.234,50 (and Norwegian and Swedish 1 234,50) for 1,234.50.
DECIMAL_COMMA = frozenset({"nl", "de", "nb", "sv", "da", "fr", "es", "it", "pl", "fi", "tr", "pt", "cs"})

# What is dialled before a number at home, by country code; Norway and Denmark dial nothing.
TRUNKS = {
    "31": "0", "32": "0", "33": "0", "352": "", "353": "0", "358": "0", "41": "0", "43": "0",
    "44": "0", "45": "", "46": "0", "47": "", "48": "", "49": "0",
}  # fmt: skip

# How a word that isn't the last ends in a compound, and how it ends by itself: (s, ""): Geburts-urkunde.
LINKS: dict[str, tuple[tuple[str, str], ...]] = {
    # Schul-e, Wohn-en, Miet-e and Bau-en lose their end.
    "de": (("s", ""), ("es", ""), ("n", ""), ("en", ""), ("er", ""), ("e", ""), ("", "e"), ("", "en")),
    # Parkeer-vergunning comes of parkeren, trouw-boekje of trouwen.
    "nl": (("s", ""), ("en", ""), ("n", ""), ("e", ""), ("", "en"), ("eer", "eren")),
    "nb": (("s", ""), ("e", "")),
    # Gata: gatu-belysning; kyrka: kyrko-gård; skola: skol-skjuts; pojke: pojk-lag; sopor: sop-hämtning.
    "sv": (("s", ""), ("e", ""), ("u", "a"), ("o", "a"), ("e", "a"), ("", "a"), ("", "e"), ("", "or")),
}

# How the last word of a compound may end otherwise: Mülltonne, Mülltonnen.
ENDINGS: dict[str, tuple[str, ...]] = {
    "en": ("s",),
    "nl": ("en", "s", "n", "je", "jes"),
    "de": ("n", "en", "e", "er", "s", "es", "ern"),
    "nb": ("en", "et", "er", "ene", "e", "n", "r", "ne", "a", "s"),
    "sv": ("en", "et", "n", "t", "ar", "er", "or", "na", "erna", "arna", "orna", "s"),
}

# Beginnings and ends of words, and abbreviations, that are no part of a compound though they may stand
# alone: bar and los are words, dankbar and restlos are no compounds of them.
NOT_PARTS: dict[str, frozenset[str]] = {
    "de": frozenset(
        """
        abs bar bzw chen dar ent ern evtl geb ges ggf haft heit her hin inkl isch keit lei lein lich los
        miss sam schaft str telf ung ungen usw ver vgl wider zer
        """.split()
    ),
    "nl": frozenset(
        """
        aal achtig baar bijv eel elijk enz heden heid her ing ingen incl jes lijk loos ont schap sel tel
        tie tjes ver wan
        """.split()
    ),
    "nb": frozenset("bar bør else het ing inkl lig løs mis osv sam skap som ver".split()),
    "sv": frozenset("bar else het inkl ing isk lig lös mis ning osv sam skap tel ver".split()),
    "en": frozenset(
        """
        able age ance ant ate con dis ence ent est ful hood ing ion ish ism ist ity ive less ment ness non
        ous pre pro ship sion sub tel ted ter ting tion ture uns ward
        """.split()
    ),
}


def primary(language: str) -> str:
    """`en-gb` → `en`."""
    return language.replace("_", "-").partition("-")[0].lower()


def family(language: str) -> str:
    """The language under which these tables know one: `en-gb` → `en`; `nn` and `no` → `nb`."""
    name = primary(language)
    return "nb" if name in {"nn", "no"} else name
