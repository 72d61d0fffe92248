#!/usr/bin/env python3
"""Writes verbs.tsv: the English verbs that can open an order, and how likely they are to be one.

A sentence that opens with a bare verb is an order to staff ("Greet every guest"), unless the
word is really a noun there ("Greeting cards", "Report of the day"). A short list of verbs finds
less than a third of such sentences; a long one needs to know which words to trust.

From the WordNet 3.0 database (Debian: wordnet-base; see NOTICE):
  index.verb             the verbs; single words of letters only
  cntlist.rev            how often each sense was met in a tagged corpus of prose
  index.noun/adj/adv     whether the same word has another life
  verb.exc               irregular and doubled forms
A verb is kept when the tagged corpus has it as a verb, or an ordinary spelling dictionary has it
at all (Debian: wamerican, wbritish; only asked "is it there?").

Columns, tab-separated, `#` opens a comment:
  lemma
  dominance   v  opening a sentence or a list item, it is a verb almost always
              m  could be either: let the next word decide ("Report the fault", "Report template")
              n  nearly always a noun, adjective or function word there
  forms       past tense, participles and doubled forms, comma-separated, where they are not what the
              regular rules give; they replace the regular past, so that one is listed too where both
              are in use (learned, learnt); empty for a regular verb

The counts come from newspapers and novels, so words of the workplace are corrected by hand below,
for their place at the head of an instruction.

Usage: python3 make_verbs.py [--wordnet DIR] [--dict DIR] > verbs.tsv
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

# Standing bare at the head of an instruction, these are verbs.
VERB = """
accept acknowledge act adapt adjust advise agree aim allow anchor answer apologise apologize apply
approach approve arrange ask assess assign assist assume attempt attend avoid be become begin bring
brush build buy cancel capture carry catch check choose circle clarify clear collect combine come
compare compile complete compliment conclude confirm congratulate connect consider continue convert
copy correct count countersign create cut deactivate decide decommission dedicate define defuse
delete deliver demonstrate describe determine dial disconnect discuss distribute divide do
eliminate empathise empathize encourage end engage enjoy enquire ensure enter escalate escort
establish evaluate examine explain explore extend facilitate fetch fill finalise finalize find
finish fix flag focus forget forgive forward gather get give go google grab grasp greet guess hand
handle hang have help highlight hold hope identify ignore imagine improve include increase
individualise individualize inform inquire insert inspect install introduce invite involve join jot
judge keep know lay learn leave lend let lift listen locate lock log look lower maintain make
manage mark match meet memorise memorize mention mirror modify move note observe obtain offer omit
organise organize outline outsource paraphrase pass pause pay perform permit personalise
personalize pick ping pinpoint place practise praise pray prepare prepay press prevent prioritise
prioritize probe proceed produce prohibit promote proofread protect prove provide pull push put
raise reach react reactivate read realise realize reallocate reassign reassure recap receive
recharge recite recognise recognize recommend refer reformulate refrain reissue reject relate relax
relay remain remember remind remove render reopen rephrase replace reply request require reread
reschedule resell reset resist resolve respect respond restate restock retain retell retry reveal
run safeguard save say search see seek seize select sell send serve set settle share ship show shut
sign signpost sit skip smile smooth solve sort speak specify spell spend spot stand start stay
stick stop strip strive submit suggest sum swap swipe switch tailor take talk tap tell thank think
throw tick tidy tie treat troubleshoot try tuck turn unblock understand unlock use verbalise
verbalize verify wait waive walk want warn wash watch wave wear weigh wipe wonder wrap write
"""

# The next word has to decide.
MIXED = """
access accord address advance advocate alert amount appeal arrest assent associate attribute audit
award back badge bag balance ban bank bar base batch bear beat bend benefit bet bid bite blame
blank blend block board boast bond boost boot bottle bounce box brace branch breach break brief
broadcast broker bump bundle burn buzz call calm camp care cast cause challenge change charge chart
charter chase chat claim clasp clean click climb clip cloak close coach coil cold-call comb combat
comfort command comment compound conduct contact contrast control cook cool cost cough counsel
counter course cover craft credit cross cruise crush cure cushion damage dance dare date deal
debate debit debrief debug decline decrease default delay delegate delight demand deposit design
desire detail dip direct discharge discount dish dispatch display dispute distance document dose
double doubt download draft draw dress drill drink drip drive drop dry duck duplicate dust ease
echo elaborate email empty encounter equal escape estimate exchange excuse exercise exit experiment
export express extract eye eyeball face fail fall fast fax fear feature feed feel field fight
figure file film filter finance fine fire fit flash flip float flood floor flow fly fold force form
format foster frame free freeze front frown fuel function fund gain gauge gesture glance glow grade
grant grip group grow guarantee guard guide halt harm head heat hedge hint hire hit honor honour
hug humor humour hunt hurry hurt image impact import influence initial input interest interview
invoice iron issue jam joke jump kick kiss knock label lack land laugh launch lead leap lease level
licence license light limit line link list load lodge loop love mail map mask master matter mean
measure message mind miss mix model monitor mount mute nail name need net nod notice nudge number
nurse object offset open order orient out own pack package page paint pair park part partner paste
pat patch peel perfect phone photocopy photograph picture pin pitch plague plan plant play plot
plug point polish pool post pound pour practice present preserve presume price print process
progress project promise prompt protest purchase purge purport query question queue quote race
range rank rate rebate rebound recall receipt record recruit reel reference refill reform refund
refuse regard register regret reign release rent repair repeat report reprint rescue research
reserve rest restart result retreat return review reward ride ring rise risk rock role-play
roleplay roll root rotate round route rub rule rush sail salute sample sanction scale scan schedule
score scout scrap scratch screen scroll seal seat secure sense separate shadow shake shape shave
shelter shift shoot shop shortlist shout signal sketch sleep slice slide slip slot slow smell snap
sound spill sponsor spray spread sprint squeeze stack staff stage stake stall stamp state steam
steer step stock store stress stretch strike struggle study style subpoena suit supply support
surface surprise survey suspect sweat sweep swing sync tag taste team test text time tip toast top
toss touch tour track trade train transfer transport travel trek trigger trim trust tune tweet
twist type update upgrade upload upset vacuum value view visit voice void volunteer vote wake warm
waste water wed welcome whisper whistle win wish witness word work wrestle yield zip zone zoom
"""

# Function words, nouns and adjectives that happen to have a verb in the dictionary, and base forms
# that are first of all the past of another verb (fell, found, saw).
OTHER = """
age air alternate ambition anger appropriate approximate article author best better bill bitter
black body book bore bottom bound brand brave breakfast bridge bronze brown buffet bullet can card
career case center centre certificate chair champion chance channel character clerk clock cloud
club cock code color colour commission compact company complement concern concert concrete
condition conflict conscript consent content contract convict copper core corner couple court crew
crowd crown culture cup deaf desert detour devil diagram die dim discipline district doctor don
down dull dwarf earth edge effect even evidence exact exempt experience fair fancy fashion fat
fault favor favour fee fell felt fence fish flour foot forecast found fox frank frequent fringe
fruit full further game garage garden gas gate gear general gentle geyser ghost gift glass graduate
green gross ground gut harrow hat hazard hibachi holiday home host house humble idle inch index
instance intimate jimmy joint journey junk key kid knife lace lag last lecture legitimate letter
lie like live long loose lord lot lounge low lunch machine madrigal major man manifest market mass
mat mature metal middle milk mine minister mist moderate moon mother motion motor mouth narrow near
neck negative network nickname noise nose numb occasion off officer oil pain pale panel paper
parallel parent party peak pen pencil people pet phase phrase piece pilot pine pink pipe plain
plane plate please pocket poll pooch portion position pot powder power premise prime prize profile
profit program programme proportion prospect puddle purpose quarter queer quiet radio rail rain rap
raven ready rear reason retail retort right rival roof room rope rough row salt sand savvy saw
scent scheme school scribe script season second section sentence sequence service sex shade shallow
shed sheet shell shirt shoe short shoulder shower sick side sight silence silver single sink site
size skin sky skylark slime smart smoke snow soap sober soil source space spark spice spirit spring
square stable star station steady steel stem still stomach stone storm stream string stud subject
substitute sugar sulphur sun supplement surcharge table tail tax telescope temper tender tent term
thin thread ticket tide till tin tire title tone tongue tool torch total toy trademark traffic
treasure tree trouble truck true twin uniform up venture vest victual wage wall war ward warehouse
warrant waterproof weather web weekend well wet whale wheel white will wind wine wing winter wire
worm worst wound wrong yellow zero
"""

# Of the workplace, and missing from the dictionary or from its verbs.
ADD = """
auto-fill:v benchmark:m blocklist:m bookmark:m breastfeed:v bullet:n caveat:n cc:v co-browse:v
cold-call:m copy-paste:v counter-sign:v cross-check:v cross-reference:v cross-sell:m de-escalate:v
declutter:v deduplicate:v deescalate:v deprioritise:v deprioritize:v dm:m double-check:v downsell:m
e-mail:m fact-check:v fast-track:v floor-walk:m fundraise:v gift-wrap:m greenlight:m hand-deliver:v
handwrite:v headset:n hot-desk:m hyperlink:m instant-message:m interface:m livechat:n login:n
lookup:n mailshot:n micromanage:v mind-read:v mis-sell:v multitask:v mystery-shop:m name-check:m
name-drop:v off-board:v off-load:v offboard:v on-board:m onboard:m over-deliver:v over-promise:v
overbook:v overdeliver:v overpromise:v oversell:v pre-authorise:v pre-authorize:v pre-book:v
pre-empt:v pre-fill:v prebook:v prefill:v prepopulate:v re-check:v re-enter:v re-issue:v re-open:v
re-read:v re-send:v re-take:v re-verify:v reaccommodate:v rebook:v reboot:v recheck:v reconfirm:v
relist:v repackage:v reprioritise:v reprioritize:v reroute:v resend:v rewrap:v role-play:m
screenshot:m self-check:m showcase:m sign-post:v skype:m slow-walk:v small-talk:n soft-sell:n
spell-check:v spot-check:m stand-in:n text:m timebox:v timestamp:m touch-base:v triage:m trial:m
trouble-shoot:v uncheck:v unfollow:v uninstall:v unmute:v unsubscribe:v untick:v up-sell:m upsell:m
upskill:v video-call:m wait-list:m waitlist:m walk-in:n whatsapp:m white-glove:n whitelist:m
"""

ADD_FORMS = {
    "breastfeed": "breastfed",
    "cc": "cc'd,cc'ing,cced,ccing,ccs",
    "cross-sell": "cross-sold",
    "dm": "dm'd,dm'ing,dmed,dming",
    "downsell": "downsold",
    "gift-wrap": "gift-wrapped,gift-wrapping",
    "handwrite": "handwritten,handwrote",
    "mis-sell": "mis-sold",
    "mystery-shop": "mystery-shopped,mystery-shopping",
    "name-drop": "name-dropped,name-dropping",
    "oversell": "oversold",
    "prepay": "prepaid",
    "re-read": "re-read",
    "re-send": "re-sent",
    "re-take": "re-taken,re-took",
    "recap": "recapped,recapping",
    "resell": "resold",
    "resend": "resent",
    "rewrap": "rewrapped,rewrapping",
    "soft-sell": "soft-sold",
    "trouble-shoot": "trouble-shot",
    "troubleshoot": "troubleshot",
    "up-sell": "up-sold",
    "upsell": "upsold",
}

# Slurs, obscenities and curiosities no instruction opens with.
DROP = set("""
arse bastardise bastardize bedamn bugger bullshit faggot fagot chandelle chandelles communalise communalize crap crucify
deglycerolize fag fart french fuck glycerolize gyp hooker hump jap jew jewel jews lyric nasale pee
piss poop preisolate rape relyric resift resmudge shag shit spang turd wank whore
""".split())


def words(text):
    return set(text.split())


def read_index(wordnet):
    """word → {n, v, a, r} → number of senses"""
    senses = defaultdict(Counter)
    for name, letter in (("noun", "n"), ("verb", "v"), ("adj", "a"), ("adv", "r")):
        with open(wordnet / f"index.{name}", encoding="ascii") as lines:
            for line in lines:
                if not line.startswith(" "):
                    field = line.split()
                    senses[field[0]][letter] = int(field[2])
    return senses


def read_counts(wordnet):
    """word → {n, v, a, r} → how often it was met in the tagged corpus"""
    letter = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    counts = defaultdict(Counter)
    with open(wordnet / "cntlist.rev", encoding="ascii") as lines:
        for line in lines:
            key, _, met = line.split()
            lemma, rest = key.split("%")
            counts[lemma][letter[rest[0]]] += int(met)
    return counts


def read_forms(wordnet):
    forms = defaultdict(set)
    with open(wordnet / "verb.exc", encoding="ascii") as lines:
        for line in lines:
            form, *lemmas = line.split()
            if form.isalpha():
                for lemma in lemmas:
                    forms[lemma].add(form)
    return forms


def read_dictionaries(folder):
    known = set()
    for name in ("american-english", "british-english"):
        with open(folder / name, encoding="utf-8") as lines:
            known.update(line.strip() for line in lines)
    return known


def dominance(met, senses):
    """From the corpus where it has met the word three times, else from the number of senses."""
    verb = met["v"]
    other = met["n"] + met["a"] + met["r"]
    other_senses = senses["n"] + senses["a"] + senses["r"]
    if not other_senses:
        return "v"
    if verb + other >= 3:
        share = verb / (verb + other)
        return "v" if share >= 0.75 else "m" if share >= 0.25 else "n"
    verb += 0.5 * senses["v"]
    share = verb / (verb + other + 0.5 * other_senses)
    return "v" if share >= 0.75 else "m" if share >= 0.4 else "n"


# stop, plan, quit: one short vowel, one consonant.
SHORT = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bdfgklmnprtvz]")

# Regular in spelling, but the past of something else.
OTHER_PAST = set("""
bed graved hided leaded leaved payed ringed seed singed stringed teared waked winded
""".split())


def regular_past(lemma, known):
    """spell → spelled beside spelt, travel → traveled beside travelled; only words that exist"""
    if SHORT.fullmatch(lemma):
        return set()
    past = lemma + "d" if lemma.endswith("e") else lemma + "ed"
    return {past} if past in known and past not in OTHER_PAST else set()


def doubled(lemma):
    """stop → stopped, stopping; one syllable only, the rest is in verb.exc"""
    if SHORT.fullmatch(lemma):
        return {lemma + lemma[-1] + ending for ending in ("ed", "ing")}
    return set()


def main():
    parser = argparse.ArgumentParser(description="Writes verbs.tsv to standard output.")
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--dict", type=Path, default=Path("/usr/share/dict"))
    options = parser.parse_args()

    senses = read_index(options.wordnet)
    counts = read_counts(options.wordnet)
    forms = read_forms(options.wordnet)
    known = read_dictionaries(options.dict)

    corrected = {}
    for text, letter in ((OTHER, "n"), (MIXED, "m"), (VERB, "v")):
        for word in words(text):
            if word in corrected:
                sys.exit(f"make_verbs: {word} is corrected twice: {corrected[word]} and {letter}")
            corrected[word] = letter

    rows = {}
    for lemma, sense in senses.items():
        if not sense["v"] or not lemma.isalpha() or len(lemma) < 2 or lemma in DROP:
            continue
        if not counts[lemma]["v"] and lemma not in known and lemma not in corrected:
            continue
        rows[lemma] = corrected.get(lemma) or dominance(counts[lemma], sense)
    for entry in words(ADD):
        lemma, letter = entry.split(":")
        if lemma in rows:
            sys.exit(f"make_verbs: {lemma} is in the dictionary; correct it above instead")
        rows[lemma] = letter

    unused = sorted(word for word in corrected if word not in rows)
    if unused:
        sys.exit(f"make_verbs: corrected, but no verb: {' '.join(unused)}")

    out = sys.stdout
    out.write("# English verbs that can open an order. Made by make_verbs.py; corrections belong there.\n")
    out.write("# From WordNet 3.0, Copyright 2006 by Princeton University; see NOTICE.\n")
    out.write("# lemma\tdominance\tforms\n")
    for lemma in sorted(rows):
        irregular = set(forms[lemma] or doubled(lemma))
        if irregular:
            irregular |= regular_past(lemma, known)
        irregular |= {form for form in ADD_FORMS.get(lemma, "").split(",") if form}
        out.write(f"{lemma}\t{rows[lemma]}\t{','.join(sorted(irregular))}\n")


if __name__ == "__main__":
    main()
