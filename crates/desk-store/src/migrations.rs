//! Migrations: files that are only added to, each run in one transaction together with its number.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::OpenError;

/// Every migration there ever was, in order. Number one is the first.
const MIGRATIONS: &[(&str, &str)] = &[
    ("0001_start.sql", include_str!("../migrations/0001_start.sql")),
    ("0002_customer_lists.sql", include_str!("../migrations/0002_customer_lists.sql")),
    ("0003_outbox.sql", include_str!("../migrations/0003_outbox.sql")),
    ("0004_updates_and_files.sql", include_str!("../migrations/0004_updates_and_files.sql")),
    ("0005_bultra.sql", include_str!("../migrations/0005_bultra.sql")),
    ("0006_identity_keys.sql", include_str!("../migrations/0006_identity_keys.sql")),
];

/// The version of a database that this program makes.
#[must_use]
pub fn newest_version() -> i64 {
    MIGRATIONS.iter().map(|_| 1).sum()
}

/// The version of an open database: 0 for an empty one.
pub(crate) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a database to [`newest_version`]. A kill in the middle leaves a whole older version.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let known = newest_version();
    for (number, (_, sql)) in (1_i64..).zip(MIGRATIONS) {
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Asked inside the transaction: a second program may have migrated meanwhile.
        let found = version(&tx)?;
        if found > known {
            return Err(OpenError::Newer { found, known });
        }
        if found < number {
            tx.execute_batch(sql)?;
            tx.pragma_update(None, "user_version", number)?;
            tx.commit()?;
        }
    }
    Ok(())
}

/// A database of the newest version, for asking how SQLite would answer a question.
#[cfg(test)]
pub(crate) fn empty_database() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    MIGRATIONS.iter().for_each(|(_, sql)| db.execute_batch(sql).unwrap());
    db
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use sha2::{Digest, Sha256};

    use super::{MIGRATIONS, newest_version};

    fn shipped() -> BTreeMap<String, String> {
        let lines = include_str!("../migrations/hashes.txt").lines();
        lines.filter_map(|line| line.split_once("  ")).map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect()
    }

    #[test]
    fn a_shipped_migration_never_changes() {
        let now: BTreeMap<_, _> = MIGRATIONS
            .iter()
            .map(|(name, sql)| ((*name).to_owned(), hex::encode(Sha256::digest(sql.as_bytes()))))
            .collect();
        assert_eq!(now, shipped(), "a shipped migration stays as it is; write a new file and add its hash");
    }

    #[test]
    fn every_file_of_the_folder_is_run_in_the_order_of_its_number() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<_> = files.filter(|name| name.ends_with(".sql")).collect();
        files.sort();
        assert_eq!(files, MIGRATIONS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        for (number, (name, _)) in (1..).zip(MIGRATIONS) {
            assert!(name.starts_with(&format!("{number:04}_")), "{name} has the number of its place");
        }
        assert_eq!(newest_version(), i64::try_from(MIGRATIONS.len()).unwrap());
    }
}
