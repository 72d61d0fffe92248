//! A stream of chance → the blocks of one document such as companies keep: procedures, reply banks, scorecards, letters.

use crate::chance::Chance;
use crate::clauses::Clauses;

/// A part of a document, before anybody decides in which format it is kept.
pub enum Block {
    /// A heading, and how deep it stands.
    Heading(usize, String),
    /// Sentences in a row.
    Paragraph(Vec<String>),
    /// A list; numbered or not.
    List(bool, Vec<String>),
    /// A table: the names of its columns, then its rows.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Something set apart: a line to say, a letter somebody wrote.
    Quote(Vec<String>),
    /// A reply to be copied, line by line.
    Reply(Vec<String>),
}

/// What a document is like to read. The shares are those of 180 public documents of such companies.
#[derive(Clone, Copy)]
enum Mood {
    Scripted,
    Empowering,
    Regulated,
    Mixed,
    Technical,
}

impl Mood {
    const ALL: [(Mood, usize); 5] = [
        (Mood::Scripted, 28),
        (Mood::Empowering, 20),
        (Mood::Regulated, 12),
        (Mood::Mixed, 25),
        (Mood::Technical, 15),
    ];

    /// From which banks its sentences come, and how often.
    fn banks(self) -> [(&'static str, usize); 7] {
        let shares = match self {
            Mood::Scripted => [34, 20, 4, 4, 33, 5, 0],
            Mood::Empowering => [28, 24, 24, 18, 2, 4, 0],
            Mood::Regulated => [32, 26, 4, 4, 6, 28, 0],
            Mood::Mixed => [36, 24, 12, 10, 12, 6, 0],
            Mood::Technical => [22, 34, 0, 1, 1, 2, 40],
        };
        let names = ["plain", "fact", "room", "outcome", "scripted", "tight", "technical"];
        std::array::from_fn(|i| (names[i], shares[i]))
    }
}

/// Makes the blocks of one document; goes on until they hold about `size` bytes.
pub fn document(clauses: &Clauses<'_>, chance: &mut Chance, size: usize) -> Vec<Block> {
    let mood = chance.weighed(&Mood::ALL);
    let mut writer = Writer { clauses, chance, banks: mood.banks(), blocks: Vec::new(), bytes: 0 };
    writer.push(Block::Heading(1, String::new()), "title");
    if writer.chance.percent(60) {
        writer.paragraph();
    }
    while writer.bytes < size {
        writer.section();
    }
    writer.blocks
}

struct Writer<'a, 'b> {
    clauses: &'a Clauses<'b>,
    chance: &'a mut Chance,
    banks: [(&'static str, usize); 7],
    blocks: Vec<Block>,
    bytes: usize,
}

impl Writer<'_, '_> {
    fn say(&mut self, bank: &str) -> String {
        let said = self.clauses.say(bank, self.chance);
        self.bytes += said.len() + 2;
        said
    }

    fn sentence(&mut self) -> String {
        let bank = self.chance.weighed(&self.banks);
        self.say(bank)
    }

    fn many(&mut self, least: usize, most: usize, mut one: impl FnMut(&mut Self) -> String) -> Vec<String> {
        (0..self.chance.between(least, most)).map(|_| one(self)).collect()
    }

    fn push(&mut self, heading: Block, bank: &str) {
        let said = self.say(bank);
        self.blocks.push(match heading {
            Block::Heading(depth, _) => Block::Heading(depth, said),
            other => other,
        });
    }

    fn section(&mut self) {
        let depth = self.chance.weighed(&[(2, 70), (3, 30)]);
        self.push(Block::Heading(depth, String::new()), "heading");
        for _ in 0..self.chance.between(1, 4) {
            match self.chance.between(0, 99) {
                0..50 => self.paragraph(),
                50..72 => self.list(),
                72..83 => self.table(),
                83..90 => self.quote(),
                _ => self.replies(),
            }
        }
    }

    fn paragraph(&mut self) {
        let sentences = self.many(1, 7, Self::sentence);
        self.blocks.push(Block::Paragraph(sentences));
    }

    fn list(&mut self) {
        let numbered = self.chance.percent(45);
        let items = self.many(3, 9, |w| match w.chance.percent(55) {
            true => w.sentence(),
            false => w.say("bullet"),
        });
        self.blocks.push(Block::List(numbered, items));
    }

    fn table(&mut self) {
        let head = self.many(2, 4, |w| w.say("column"));
        let columns = head.len();
        let rows = (0..self.chance.between(2, 9))
            .map(|_| (0..columns).map(|_| self.say("cell")).collect())
            .collect();
        self.blocks.push(Block::Table(head, rows));
    }

    fn quote(&mut self) {
        let bank = self.chance.one(&["greeting", "closing", "empathy", "room", "outcome"]);
        let lines = self.many(1, 3, |w| w.say(bank));
        self.blocks.push(Block::Quote(lines));
    }

    /// One reply to be copied, or a run of them.
    fn replies(&mut self) {
        for _ in 0..self.chance.between(1, 4) {
            let mut lines = vec![self.say("salutation")];
            lines.extend(self.many(2, 5, |w| w.say("reply")));
            lines.push(self.say("signoff"));
            self.blocks.push(Block::Reply(lines));
        }
    }
}
