"""Makes the Word documents of the examples: python3 tests/examples/make-docx.py (needs python-docx; the files are committed).

Written the way offices write: headings by style, numbered and bulleted lists, a table with a merged title row, bold and
italic runs that split sentences, a line break inside a paragraph, a text that is tracked as inserted, odd bullets.
"""

import datetime
import pathlib
import zipfile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
DAY = datetime.datetime(2026, 10, 12, 8, 0, 0)


def runs(paragraph, text):
    """Adds text in which *stars* mark bold runs, the way people emphasise half a sentence."""
    for i, part in enumerate(text.split("*")):
        paragraph.add_run(part).bold = i % 2 == 1
    return paragraph


def table(document, head, rows):
    grid = document.add_table(rows=1, cols=len(head))
    grid.style = "Table Grid"
    for cell, text in zip(grid.rows[0].cells, head):
        cell.paragraphs[0].add_run(text).bold = True
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row):
            runs(cell.paragraphs[0], text)


def inserted(document, text, who):
    """A paragraph that is still tracked as an insertion."""
    paragraph = document.add_paragraph()
    mark = OxmlElement("w:ins")
    mark.set(qn("w:id"), "1")
    mark.set(qn("w:author"), who)
    mark.set(qn("w:date"), "2026-10-11T09:00:00Z")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    mark.append(run)
    paragraph._p.append(mark)


def save(document, path, title):
    """Saves with fixed dates, so that making the file again gives the same bytes."""
    about = document.core_properties
    about.title, about.author, about.created, about.modified = title, "", DAY, DAY
    document.save(path)
    with zipfile.ZipFile(path) as old:
        parts = [(item.filename, old.read(item)) for item in old.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, (2026, 10, 12, 8, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)


def saloon_handbook():
    d = Document()
    d.add_heading("Saloon and café: handbook", 0)
    table(d, ["Owner", "Version", "Reviewed"], [["Catering manager", "3.2", "2026-09-01"]])

    d.add_heading("What the saloon is for", 1)
    d.add_paragraph(
        "For fifty minutes people have nothing to do. Some have been up since four, some are on the best day of their "
        "year, and one or two are going to a hospital. They come up from the car deck into the light and decide within "
        "a breath whether this is a waiting room or somebody’s kitchen. When they walk off they have eaten something "
        "warm, they know when they land, and they feel at home on this boat, whether it is their first crossing or "
        "their four-hundredth."
    )

    d.add_heading("Service at the counter", 1)
    d.add_paragraph("Counter staff follow these steps for each passenger:")
    for step in [
        "Make eye contact, smile and say *“Welcome aboard Kittiwake, what can I get you today?”*",
        "Repeat the order.",
        "Offer the soup of the day. If the passenger declines, offer a cake.",
        "Take payment. Card details stay between the passenger and the terminal.",
        "Hand over the tray with both hands and say *“Enjoy your crossing.”*",
    ]:
        runs(d.add_paragraph(style="List Number"), step)
    d.add_paragraph(
        "The order of the steps is fixed. Nobody should wait longer than three minutes from the end of the queue; if "
        "it looks like more, open the second till, or carry a pot of coffee along the line."
    )

    d.add_heading("Complimentary items", 1)
    runs(
        d.add_paragraph(),
        "A passenger who has spilled, dropped or disliked something may be given a replacement *only after the purser "
        "has agreed to it*. Free drinks of any value are entered on sheet K2 and countersigned by the purser.",
    )
    runs(
        d.add_paragraph(),
        "When the swell passes two metres ginger tea is free for everybody. You do not need to ask and they do not need to pay.",
    )

    d.add_heading("Bar", 1)
    d.add_paragraph(
        "Alcohol is served from eleven. Staff must ask for proof of age where there is any doubt, and must refuse to "
        "serve anybody who cannot show it. That is the law and the licence, and there is no way round it."
    )

    d.add_heading("Rough weather", 1)
    for item in [
        "Lash the urn, close the glass cabinet, take soup off the menu.",
        "Walk through with bags and a cloth before they are needed.",
        "Sit with somebody if that is what helps. The till can wait.",
        "Children who are frightened often want to be told what the noise is.",
    ]:
        d.add_paragraph(item, style="List Bullet")
    paragraph = d.add_paragraph("Tell people what the captain expects of the next half hour.")
    paragraph.add_run().add_break()
    paragraph.add_run("They sit through a lot when they know how long it lasts.")

    d.add_heading("Talking to passengers", 1)
    d.add_paragraph("§ Always stay upbeat and positive, whatever the weather or the mood of the passenger.")
    d.add_paragraph("§ Private conversations with passengers shall not exceed two minutes.")
    d.add_paragraph("§ Questions about delays are answered with “Please refer to the display for the latest information.”")
    inserted(
        d,
        "Passenger Experience, October: we would like to drop these three. The panel tells us that people remember "
        "whoever sat down next to them. What do the crews think?",
        "Passenger Experience",
    )

    d.add_heading("Cleaning", 1)
    table(
        d,
        ["What", "When", "How"],
        [
            ["Tables", "after each passenger", "grey cloth, spray 2"],
            ["Urn", "end of day", "descaler 1:20, gloves, rinse three times"],
            ["Toilets", "each crossing", "sign the sheet on the door"],
            ["Fryer", "never under way", "power off, cold, two people"],
        ],
    )
    save(d, EXAMPLES / "kittiwake/on-board/saloon-handbook.docx", "Saloon and café: handbook")


def direct_claims():
    d = Document()
    d.add_heading("Estimates, bills and direct claims", 0)
    paragraph = d.add_paragraph()
    paragraph.add_run("Group finance, in force from 1 March 2026. Questions: ring us, we are two people and we pick up.").italic = True

    d.add_heading("1  What clients get from us", 1)
    d.add_paragraph(
        "They know what it will cost while there is still something to decide. When the figure moves they hear it from "
        "us before the work goes on. The bill they get at the end is one they could have written themselves. If it is "
        "not, something went wrong earlier, and usually in a corridor."
    )

    d.add_heading("2  Estimates", 1)
    for step in [
        "Every admission has a written estimate with a range. The client takes it home.",
        "Say what would push it to the upper end. “If she needs a second film” is enough.",
        "Passing the upper end: ring first. No answer: do what keeps the patient safe and comfortable, then ring again.",
        "Estimates over £2,000 are looked at by a second vet. That is about the medicine and takes five minutes.",
    ]:
        d.add_paragraph(step, style="List Number")

    d.add_heading("3  Direct claims", 1)
    runs(
        d.add_paragraph(),
        "The agreement with the insurers obliges us to open every direct claim the same way. "
        "The insurer’s declaration is read word for word, and the box in the record is ticked when the client has answered:",
    )
    d.add_paragraph(
        "“We will ask your insurer to pay us directly. You pay the excess today, and anything your policy turns out not "
        "to cover is yours to pay. Shall we go ahead?”",
        style="Intense Quote",
    )
    d.add_paragraph(
        "Then explain it the way you would explain it to your aunt. Most people hear “excess” and nothing after it."
    )
    runs(
        d.add_paragraph(),
        "The insurers ask for the clinical history. It is sent for the animal of the registered keeper only, from the "
        "policy’s start date; personal data of other people is *blacked out*.",
    )

    d.add_heading("4  When somebody cannot pay", 1)
    runs(
        d.add_paragraph(),
        "Reception informs the client that *payment is due at the time of treatment* and that there are no exceptions to this. "
        "Payment plans are offered by accounts only. A receptionist who releases a patient with an unpaid bill does so "
        "at their own risk.",
    )
    d.add_paragraph(
        "Write-offs: up to £10 the practice manager’s initials are enough. From £10 to £60 the practice manager needs "
        "to have agreed in writing before the client is told. Anything higher comes to us."
    )
    inserted(
        d,
        "Comment, clinical director: this is the old page. Since the policy of January everybody may waive up to "
        "sixty pounds, and vets and head nurses three hundred. Please bring section 4 into line by the autumn.",
        "Clinical director",
    )

    d.add_heading("5  The bill", 1)
    for item in [
        "Plain words beside the codes. “Removed stone from bladder” and not “CYSTOT-2”.",
        "Nothing on it that was not spoken about.",
        "After a last visit: two weeks later, plain envelope, nothing else in it.",
        "A bill that comes as a shock is a complaint that has not been made yet; treat it as one.",
    ]:
        d.add_paragraph(item, style="List Bullet")

    d.add_heading("6  Chasing", 1)
    table(
        d,
        ["Day", "What", "Who"],
        [
            ["14", "Copy of the bill, with a handwritten line if you know them", "Practice"],
            ["30", "A call. *Find out what happened before you say what is owed*; widows, redundancies and lost post are the commonest answers", "Practice"],
            ["60", "Letter A7, unchanged; it is the notice the court asks for by law", "Finance"],
            ["90", "Talk to us. We have not sold a debt since 2021 and do not want to start", "Finance"],
        ],
    )
    save(d, EXAMPLES / "burdock/money/direct-claims.docx", "Estimates, bills and direct claims")


if __name__ == "__main__":
    saloon_handbook()
    direct_claims()
