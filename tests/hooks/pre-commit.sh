#!/usr/bin/env bash
# The hooks of .pre-commit-hooks.yaml, run by the real pre-commit in a repository made for it: thirty documents, three of
# them changed.
#
#   tests/hooks/pre-commit.sh path/to/loosetight
#
# Only the way the program is installed differs from what users have: it is not built anew, but found on the PATH.
# With LOOSETIGHT_HOOK_BUILD=1 pre-commit builds it from the last commit of this repository, as it does for users.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
bin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

skip() { echo "skipped: $*"; exit 0; }
command -v git >/dev/null || skip "git is not installed"
command -v python3 >/dev/null || skip "python3 is not installed, and pre-commit needs it"
if command -v pre-commit >/dev/null; then
  precommit=pre-commit
else
  python3 -m venv "$work/venv" >"$work/log" 2>&1 && "$work/venv/bin/pip" install --quiet pre-commit >>"$work/log" 2>&1 ||
    skip "pre-commit is not installed and could not be: $(tail -n 1 "$work/log")"
  precommit=$work/venv/bin/pre-commit
fi
"$precommit" --version

# Nobody's own settings count.
export HOME=$work/home GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME=$work/cache
mkdir -p "$HOME"
git config --global user.name Test
git config --global user.email test@example.org
git config --global init.defaultBranch main
git config --global protocol.file.allow always

fail() { echo "FAILED: $*"; [ ! -e "$work/out" ] || cat "$work/out"; exit 1; }
said() { grep -qF -- "$1" "$work/out" || fail "it does not say: $1"; }
silent() { ! grep -qF -- "$1" "$work/out" || fail "it says: $1"; }
# Runs a command that is to end with a given code, and keeps what it prints.
ends() {
  local expected=$1 code=0
  shift
  "$@" >"$work/out" 2>&1 || code=$?
  [ "$code" = "$expected" ] || fail "$* ends with $code and not with $expected"
}

# The hooks, from a repository of their own.
if [ -n "${LOOSETIGHT_HOOK_BUILD:-}" ]; then
  hooks=$here
else
  hooks=$work/hooks
  mkdir -p "$hooks" "$work/bin"
  sed 's/language: rust/language: system/' "$here/.pre-commit-hooks.yaml" >"$hooks/.pre-commit-hooks.yaml"
  (cd "$hooks" && git init -q && git add . && git commit -qm hooks)
  ln -s "$bin" "$work/bin/loosetight"
  export PATH="$work/bin:$PATH"
fi
rev=$(git -C "$hooks" rev-parse HEAD)

mkdir "$work/repo"
cd "$work/repo"
git init -q
cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $hooks
    rev: $rev
    hooks:
      - id: loosetight
        args: [--fail-on, should-fix]
      - id: loosetight-policy-fmt
YAML
cat >loosetight.toml <<'TOML'
exclude = ["drafts"]
TOML
cat >house.promise <<'PROMISE'
brand "House" {
  promise "People are at home."
}
PROMISE
script='Say the following sentence word for word: "Welcome to our house, how may I help you today?"'
mkdir desk drafts
for n in $(seq 1 27); do printf '# Desk %s\n\n%s\n' "$n" "$script" >"desk/$n.md"; done
for n in 1 2 3; do printf '# Draft %s\n\n%s\n' "$n" "$script" >"drafts/$n.md"; done
git add .
git commit -qm "thirty documents" --no-verify

echo "one: all three changed documents are fine or excluded"
echo 'The door is open.' >>drafts/1.md
printf '# Desk 5\n\nThe door is open.\n' >desk/5.md
printf '# Desk 6\n\nThe door is open.\n' >desk/6.md
git add .
ends 0 "$precommit" run --verbose
said "Documents 2 checked; not read: drafts/1.md (excluded by \`drafts\`"
silent "desk/7.md"

echo "two: one of three is found wanting, and only the changed ones are looked at"
printf '# Desk 7\n\n%s Smile at all times.\n' "$script" >desk/7.md
git add .
ends 1 "$precommit" run
said "desk/7.md:3:"
said "Documents 3 checked"
silent "desk/8.md"
silent "drafts/1.md:3"
"$precommit" install >/dev/null
ends 1 git commit -m "not yet"

echo "three: a commit that is mended goes through"
printf '# Desk 7\n\nThe door is open.\n' >desk/7.md
git add .
ends 0 git commit -m "mended"

echo "four: a policy that is laid out otherwise is laid out, and the commit waits for it"
printf 'brand "House" {\n      promise "People are at home."\n}\n' >house.promise
git add .
ends 1 git commit -m "policy"
said "files were modified by this hook"
[ "$(sed -n 2p house.promise)" = '  promise "People are at home."' ] || fail "house.promise is not laid out"

echo "five: a policy that cannot be read is trouble, not a finding"
printf 'brand "House" {\n  promse "People are at home."\n}\n' >house.promise
git add .
ends 1 "$precommit" run loosetight
said "exit code: 2"
echo "pre-commit: all as it should be"
