//! The run as JUnit XML: a suite for each document, a failed case for each finding that ends the run with exit code 1,
//! a passed one for each that does not
//! and a skipped one for each that is allowed.
//!
//! After the schema Jenkins and GitLab read (<https://github.com/testmoapp/junitxml>).

use super::place::{Range, Root, in_full, lead};
use super::xml::Xml;
use super::{Found, Report, Summary};
use std::borrow::Cow;
use std::io::{self, Write};

/// The suites, held back since the totals stand in front of them.
#[derive(Debug)]
pub struct Junit {
    root: Root,
    suites: Vec<u8>,
    tests: usize,
    failures: usize,
    skipped: usize,
}

impl Junit {
    /// JUnit with paths from `root`.
    pub fn new(root: Root) -> Self {
        Junit { root, suites: Vec::new(), tests: 0, failures: 0, skipped: 0 }
    }
}

fn number(n: usize) -> Cow<'static, str> {
    n.to_string().into()
}

impl Report for Junit {
    fn found(&mut self, found: Found<'_>, _: &mut dyn Write) -> io::Result<()> {
        let file = self.root.path(found.name);
        let tests = found.told.len().max(1);
        let failures = found.findings.iter().filter(|f| found.fail_on.holds(f.level)).count();
        self.tests += tests;
        self.failures += failures;
        let skipped = found.told.len() - found.findings.len();
        self.skipped += skipped;
        let mut xml = Xml::new(&mut self.suites);
        xml.open(
            "testsuite",
            &[
                ("name", file.as_str().into()),
                ("tests", number(tests)),
                ("failures", number(failures)),
                ("errors", "0".into()),
                ("skipped", number(skipped)),
            ],
        )?;
        xml.line()?;
        if found.told.is_empty() {
            xml.empty("testcase", &[("name", "nothing found".into()), ("classname", file.as_str().into())])?;
        }
        for (finding, allowed) in found.told {
            let range = Range::of_finding(finding);
            let place = match (&finding.place, range) {
                (None, Some(range)) => format!("line {}, column {}", range.line, range.column),
                (place, _) => place.clone().unwrap_or_default(),
            };
            let mut case = vec![
                ("name", format!("{} ({place})", finding.rule).into()),
                ("classname", file.as_str().into()),
                ("file", file.as_str().into()),
            ];
            if let Some(range) = range {
                case.push(("line", range.line.to_string().into()));
            }
            xml.open("testcase", &case)?;
            let said = format!("{}\n\n{}", finding.sentences.join("\n"), in_full(finding, &self.root));
            if let Some(because) = allowed.and_then(|told| told.allowance.because.as_deref()) {
                xml.empty("skipped", &[("message", format!("allowed: {because}").into())])?;
            } else if found.fail_on.holds(finding.level) {
                let message = format!("{}{}", lead(finding), finding.message);
                let level = finding.level.words().into();
                xml.text("failure", &[("message", message.into()), ("type", level)], &said)?;
            } else {
                xml.text("system-out", &[], &format!("{}: {said}", finding.level.words()))?;
            }
            xml.close("testcase")?;
        }
        xml.close("testsuite")
    }

    fn end(&mut self, summary: &Summary, to: &mut dyn Write) -> io::Result<()> {
        let errors = summary.problems.len();
        let mut xml = Xml::new(to);
        xml.declaration()?;
        xml.open(
            "testsuites",
            &[
                ("name", "loosetight".into()),
                ("tests", number(self.tests + errors)),
                ("failures", number(self.failures)),
                ("errors", number(errors)),
                ("skipped", number(self.skipped)),
            ],
        )?;
        xml.line()?;
        xml.raw(&std::mem::take(&mut self.suites))?;
        if errors > 0 {
            let counts = [("tests", number(errors)), ("failures", "0".into()), ("errors", number(errors))];
            xml.open("testsuite", &[&[("name", "loosetight".into())], &counts[..]].concat())?;
            xml.line()?;
            for problem in &summary.problems {
                let code = problem.code().map(|c| c.to_string()).unwrap_or_default();
                let help = problem.help().map(|h| h.to_string()).unwrap_or_default();
                xml.open("testcase", &[("name", code.as_str().into()), ("classname", "loosetight".into())])?;
                xml.text("error", &[("message", problem.to_string().into()), ("type", code.into())], &help)?;
                xml.close("testcase")?;
            }
            xml.close("testsuite")?;
        }
        xml.close("testsuites")
    }
}
