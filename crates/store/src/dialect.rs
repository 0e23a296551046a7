//! The little that differs between the two engines' SQL.

/// Stands for a list of values in a statement's text.
pub(crate) const LIST: &str = "$LIST";
/// The list sizes that are prepared; longer lists take several rounds.
pub(crate) const LIST_SIZES: [usize; 4] = [1, 16, 128, 1000];

/// Replaces `$LIST` by `size` parameters after the first `fixed`.
pub(crate) fn expand_list(text: &str, fixed: usize, size: usize) -> String {
    let list = (fixed + 1..=fixed + size).map(|n| format!("${n}")).collect::<Vec<_>>().join(",");
    text.replace(LIST, &list)
}

/// Type words of our migrations and what SQLite's STRICT tables call them.
const SQLITE_TYPES: [(&str, &str); 8] = [
    ("uuid", "BLOB"),
    ("timestamptz", "TEXT"),
    ("date", "TEXT"),
    ("bigint", "INTEGER"),
    ("boolean", "INTEGER"),
    ("bytea", "BLOB"),
    ("text", "TEXT"),
    ("double", "REAL"),
];

/// Rewrites a migration for SQLite: type words (only where a column name stands before them) and STRICT tables.
///
/// A table's closing line must be `);` on its own: that is where STRICT goes.
pub(crate) fn for_sqlite(migration: &str) -> String {
    let mut out = String::with_capacity(migration.len() + 200);
    for line in migration.lines() {
        if line.trim() == ");" {
            out.push_str(") STRICT;\n");
            continue;
        }
        let mut words = 0;
        let mut rest = line;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            if end == 0 {
                let c = rest.chars().next().unwrap_or(' ');
                if !c.is_whitespace() {
                    // After punctuation the next word is a name again: `(`, `,`, a quote.
                    words = if c == '-' { usize::MAX / 2 } else { 0 };
                }
                out.push(c);
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let word = &rest[..end];
            let swap = if words == 1 || after_add_column(&out) {
                SQLITE_TYPES.iter().find(|(ours, _)| *ours == word)
            } else {
                None
            };
            match swap {
                Some((_, theirs)) => out.push_str(theirs),
                None if word == "precision" && out.trim_end().ends_with("REAL") => {}
                None => out.push_str(word),
            }
            words += 1;
            rest = &rest[end..];
        }
        out.push('\n');
    }
    out
}

/// True inside `ALTER TABLE t ADD COLUMN name …`, where the type is not the line's second word.
fn after_add_column(so_far: &str) -> bool {
    let line = so_far.rsplit('\n').next().unwrap_or_default();
    let mut words = line.split_whitespace().rev();
    words.next().is_some() && words.next() == Some("COLUMN") && words.next() == Some("ADD")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_named_like_a_type_keeps_its_name() {
        let ours = "CREATE TABLE t (\n  date date NOT NULL,\n  uuid uuid PRIMARY KEY,\n  seen_at timestamptz,\n  x double precision\n);\n";
        let theirs = for_sqlite(ours);
        assert!(theirs.contains("date TEXT NOT NULL"), "{theirs}");
        assert!(theirs.contains("uuid BLOB PRIMARY KEY"), "{theirs}");
        assert!(theirs.contains("seen_at TEXT,"), "{theirs}");
        assert!(theirs.contains("x REAL"), "{theirs}");
        assert!(theirs.contains(") STRICT;"), "{theirs}");
    }

    #[test]
    fn an_added_column_gets_its_type() {
        assert_eq!(
            for_sqlite("ALTER TABLE t ADD COLUMN born date;\n"),
            "ALTER TABLE t ADD COLUMN born TEXT;\n"
        );
    }

    #[test]
    fn a_list_becomes_numbered_parameters_after_the_fixed_ones() {
        assert_eq!(expand_list("a = $1 AND b IN ($LIST)", 1, 3), "a = $1 AND b IN ($2,$3,$4)");
    }
}
