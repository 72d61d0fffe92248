//! Walks through folders made for the purpose.

use super::*;

/// A folder with these files, each holding a line of text.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        let (path, text) = file.split_once('=').unwrap_or((file, "text"));
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn walked(folder: &tempfile::TempDir, paths: &[&str]) -> Walk {
    let here = folder.path().canonicalize().unwrap();
    let names = Names::seen_from(&here);
    let mut configs = Configs::found({
        let names = names.clone();
        move |path| names.show(path)
    });
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let walk = walk(&paths, &names, &mut configs);
    assert!(configs.problems().is_empty());
    walk
}

fn documents(walk: &Walk) -> Vec<&str> {
    walk.documents.iter().map(|t| t.name.as_str()).collect()
}

fn problems(walk: &Walk) -> Vec<String> {
    walk.problems.iter().map(|p| p.to_string()).collect()
}

#[test]
fn documents_come_in_the_order_of_their_names_and_once() {
    let f = folder(&[
        "b.md",
        "a/z.txt",
        "a/b.html",
        "c.markdown",
        "notes.rs",
        ".hidden.md",
        ".git/x.md",
        "our.promise",
    ]);
    let walk = walked(&f, &[".", "b.md", "./a/../b.md", "a"]);
    assert_eq!(documents(&walk), ["a/b.html", "a/z.txt", "b.md", "c.markdown"]);
    assert_eq!(walk.policies.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["our.promise"]);
    assert!(walk.documents[2].named && !walk.documents[0].named);
}

#[test]
fn gitignore_leaves_out_of_walks_and_not_what_is_named() {
    let f = folder(&[
        ".gitignore=*.old.md\n/build\n",
        "a.md",
        "a.old.md",
        "build/b.md",
        "sub/.gitignore=private.md\n!kept.old.md\n",
        "sub/private.md",
        "sub/kept.old.md",
        "sub/build/c.md",
        "z/private.md",
    ]);
    assert_eq!(documents(&walked(&f, &["."])), ["a.md", "sub/build/c.md", "sub/kept.old.md", "z/private.md"]);
    assert_eq!(documents(&walked(&f, &["a.old.md", "build"])), ["a.old.md", "build/b.md"]);
    fs::create_dir(f.path().join(".git")).unwrap();
    assert_eq!(documents(&walked(&f, &["sub", "z"])), ["sub/build/c.md", "sub/kept.old.md", "z/private.md"]);
}

#[test]
fn a_gitignore_above_the_walk_counts_inside_a_repository_only() {
    let f = folder(&[".gitignore=*.old.md\n", "sub/a.old.md", "sub/b.md"]);
    assert_eq!(documents(&walked(&f, &["sub"])), ["sub/a.old.md", "sub/b.md"]);
    fs::create_dir(f.path().join(".git")).unwrap();
    assert_eq!(documents(&walked(&f, &["sub"])), ["sub/b.md"]);
}

#[test]
fn settings_say_what_a_walk_reads_and_what_is_never_read() {
    let f = folder(&[
        "loosetight.toml=include = [\"sops\", \"*.sop\"]\nexclude = [\"drafts\"]\n",
        "readme.md",
        "sops/a.md",
        "sops/photo.png",
        "sops/drafts/b.md",
        "desk.sop",
        "deep/loosetight.toml=",
        "deep/c.md",
        "deep/drafts/d.md",
    ]);
    let walk = walked(&f, &["."]);
    assert_eq!(documents(&walk), ["deep/c.md", "deep/drafts/d.md", "desk.sop", "sops/a.md"]);
    assert_eq!(walk.not_read, [NotRead { name: "sops/photo.png".into(), why: "a picture".into() }]);
    let walk = walked(&f, &["sops/drafts/b.md", "readme.md"]);
    assert_eq!(documents(&walk), ["readme.md"]);
    let why = "excluded by `drafts` (loosetight.toml:2)".to_owned();
    assert_eq!(walk.not_read, [NotRead { name: "sops/drafts/b.md".into(), why }]);
}

#[test]
fn exports_are_read_where_call_or_settings_name_them() {
    let f = folder(&["replies.csv", "package.json", "macros/a.json", "macros/b.csv"]);
    let walk = walked(&f, &["."]);
    assert_eq!(documents(&walk), [] as [&str; 0]);
    let why = "a table; name it to have its replies read".to_owned();
    let listed = |name: &str| NotRead { name: name.into(), why: why.clone() };
    assert_eq!(walk.not_read, [listed("macros/b.csv"), listed("replies.csv")]);
    assert_eq!(documents(&walked(&f, &["replies.csv", "package.json"])), ["package.json", "replies.csv"]);
    fs::write(f.path().join("loosetight.toml"), "[[documents]]\nfiles = \"macros\"\nkind = \"macro\"\n")
        .unwrap();
    assert_eq!(documents(&walked(&f, &["."])), ["macros/a.json", "macros/b.csv"]);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_found() {
    let f = folder(&["playbook.md", "old.pdf", "deck.pptx"]);
    let walk = walked(&f, &["playbok.md", "nowhere", "old.pdf", "."]);
    assert_eq!(documents(&walk), ["playbook.md"]);
    assert_eq!(
        problems(&walk),
        ["playbok.md does not exist", "nowhere does not exist", "old.pdf is a PDF, which is not read"]
    );
    assert_eq!(walk.problems[0].help().unwrap().to_string(), "did you mean `playbook.md`?");
    let not_read: Vec<_> = walk.not_read.iter().map(|n| (n.name.as_str(), n.why.as_str())).collect();
    assert_eq!(not_read, [("deck.pptx", "a set of slides"), ("old.pdf", "a PDF")]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_and_told_when_broken() {
    use std::os::unix::fs::symlink;
    let f = folder(&["a.md", "elsewhere/b.md"]);
    symlink("a.md", f.path().join("again.md")).unwrap();
    symlink("elsewhere", f.path().join("loop.md")).unwrap();
    symlink("nothing.md", f.path().join("broken.md")).unwrap();
    symlink("nothing", f.path().join("broken-but-no-document")).unwrap();
    symlink("..", f.path().join("elsewhere/up")).unwrap();
    let walk = walked(&f, &["."]);
    assert_eq!(documents(&walk), ["a.md", "elsewhere/b.md"]);
    assert_eq!(problems(&walk), ["broken.md is a link to nothing.md, which does not exist"]);
    assert_eq!(walk.not_read, [NotRead { name: "loop.md".into(), why: "a link to a folder".into() }]);
    assert_eq!(documents(&walked(&f, &["again.md"])), ["again.md"]);
    assert_eq!(
        problems(&walked(&f, &["broken.md"])),
        ["broken.md is a link to nothing.md, which does not exist"]
    );
}

#[cfg(unix)]
#[test]
fn pipes_are_told_and_names_that_are_no_text_are_read() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let f = folder(&["a.md"]);
    let made = std::process::Command::new("mkfifo").arg(f.path().join("pipe.md")).status();
    assert!(made.unwrap().success());
    fs::write(f.path().join(OsStr::from_bytes(b"caf\xe9.md")), "text").unwrap();
    let walk = walked(&f, &["."]);
    assert_eq!(documents(&walk), ["a.md", "caf\u{fffd}.md"]);
    assert_eq!(fs::read(&walk.documents[1].path).unwrap(), b"text");
    assert_eq!(problems(&walk), ["pipe.md is a pipe, not a file"]);
}
