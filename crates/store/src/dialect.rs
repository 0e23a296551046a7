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

/// The row counts of [`crate::Many`] that are prepared, most first; other counts take several rounds.
pub(crate) const ROW_SIZES: [usize; 6] = [1024, 256, 64, 16, 4, 1];

/// The highest `$n` in a text.
pub(crate) fn highest_parameter(text: &str) -> usize {
    text.split('$').skip(1).filter_map(leading_number).map(|(n, _)| n).max().unwrap_or(0)
}

/// The number a text begins with, and what follows it.
fn leading_number(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// Repeats the bracket after `VALUES` for so many rows of `width` parameters each. `None` when the text has none, or has
/// parameters outside it: those could not be told apart row by row.
pub(crate) fn expand_rows(text: &str, width: usize, rows: usize) -> Option<String> {
    let start = text.find("VALUES (")? + "VALUES ".len();
    let mut depth = 0_usize;
    let end = text[start..].char_indices().find_map(|(at, c)| {
        depth = match c {
            '(' => depth + 1,
            ')' => depth - 1,
            _ => depth,
        };
        (depth == 0).then_some(start + at + 1)
    })?;
    let (head, group, tail) = (&text[..start], &text[start..end], &text[end..]);
    if head.contains('$') || tail.contains('$') {
        return None;
    }
    let mut out = String::with_capacity(head.len() + rows * (group.len() + 2 * width) + tail.len());
    out.push_str(head);
    for row in 0..rows {
        if row > 0 {
            out.push(',');
        }
        let mut parts = group.split('$');
        out.push_str(parts.next().unwrap_or(""));
        for part in parts {
            let (n, after) = leading_number(part)?;
            out.push('$');
            out.push_str(&(n + row * width).to_string());
            out.push_str(after);
        }
    }
    out.push_str(tail);
    Some(out)
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

    #[test]
    fn a_row_becomes_many_and_what_follows_stays() {
        let one = "INSERT INTO t (a, b, c) VALUES ($1, 1, LOWER($2)) ON CONFLICT (a) DO NOTHING";
        let two =
            "INSERT INTO t (a, b, c) VALUES ($1, 1, LOWER($2)),($3, 1, LOWER($4)) ON CONFLICT (a) DO NOTHING";
        assert_eq!(expand_rows(one, 2, 1).as_deref(), Some(one));
        assert_eq!(expand_rows(one, 2, 2).as_deref(), Some(two));
        for not_for_many in [
            "UPDATE t SET a = $1",
            "INSERT INTO t (a) SELECT $1",
            "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = $2",
            "INSERT INTO t (a) VALUES ($1",
        ] {
            assert_eq!(expand_rows(not_for_many, 1, 2), None, "{not_for_many}");
        }
    }
}
