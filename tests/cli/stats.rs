//! `report stats`: how often each rule speaks.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

fn scene() -> Scene {
    Scene::new()
        .file(
            "a.md",
            "The harbour lamp burns three times. The harbour\nbell in order of size.\n\n`one two`\n",
        )
        .file("b.md", "---\nkind: macro\n---\n\nThe harbour bell in order. The old lamp.\n")
        .file("c.md", "---\nkind: story\n---\n\nNobody came.\n")
}

#[test]
fn rules_are_counted_by_level_and_kind() {
    assert_data_eq!(
        scene().call(&["report", "stats", "."]),
        str![[r#"
3 findings in 3 documents, 23 words: 130.4 in 1,000 words

  rule        must fix  should fix  consider  all  in 1,000 words
  bell-order         0           2         0    2            87.0
  lamp-quota         1           0         0    1            43.5
  all                1           2         0    3           130.4

  kind      documents  words  findings  in 1,000 words
  playbook          1     13         2           153.8
  macro             1      8         1           125.0
  story             1      2         0             0.0
  all               3     23         3           130.4

-- exit 0 --

"#]]
    );
}

#[test]
fn the_same_for_programs_and_spreadsheets() {
    assert_data_eq!(
        scene().call(&["report", "stats", "--format", "json", "a.md", "b.md"]),
        str![[r#"
{"version":1,"documents":2,"words":21,"findings":3,"per_1000_words":142.86,"rules":[{"rule":"bell-order","group":"over-scripting","levels":{"consider":0,"should-fix":2,"must-fix":0},"findings":2,"per_1000_words":95.24},{"rule":"lamp-quota","group":"over-scripting","levels":{"consider":0,"should-fix":0,"must-fix":1},"findings":1,"per_1000_words":47.62}],"kinds":[{"kind":"playbook","documents":1,"words":13,"findings":2,"per_1000_words":153.85,"rules":[{"rule":"bell-order","group":"over-scripting","levels":{"consider":0,"should-fix":1,"must-fix":0},"findings":1,"per_1000_words":76.92},{"rule":"lamp-quota","group":"over-scripting","levels":{"consider":0,"should-fix":0,"must-fix":1},"findings":1,"per_1000_words":76.92}]},{"kind":"macro","documents":1,"words":8,"findings":1,"per_1000_words":125.0,"rules":[{"rule":"bell-order","group":"over-scripting","levels":{"consider":0,"should-fix":1,"must-fix":0},"findings":1,"per_1000_words":125.0}]}]}
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene().call(&["report", "stats", "--format", "csv"]),
        str![[r#"
kind,documents,words,rule,group,must_fix,should_fix,consider,findings,per_1000_words
playbook,1,13,bell-order,over-scripting,0,1,0,1,76.92
playbook,1,13,lamp-quota,over-scripting,1,0,0,1,76.92
macro,1,8,bell-order,over-scripting,0,1,0,1,125
story,1,2,,,0,0,0,0,0
-- exit 0 --

"#]]
    );
}

#[test]
fn what_was_not_asked_for_is_not_counted() {
    assert_data_eq!(
        scene().call(&["report", "stats", "--only", "kind=macro"]),
        str![[r#"
1 finding in 1 document, 8 words: 125.0 in 1,000 words

  rule        must fix  should fix  consider  all  in 1,000 words
  bell-order         0           1         0    1           125.0
  all                0           1         0    1           125.0

-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene().call(&["report", "stats", "c.md", "missing.md"]),
        str![[r#"
no findings in 1 document, 2 words: 0.0 in 1,000 words

-- standard error --
walk::not-found

  × missing.md does not exist

-- exit 2 --

"#]]
    );
}
