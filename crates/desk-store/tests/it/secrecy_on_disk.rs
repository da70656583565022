//! Nothing of a customer lies readable on the disk (RELIABILITY promise 7).

use desk_store::connections::{self, ConnectionRow};
use desk_store::{SqlResult, Transaction};

use crate::support::{Desk, KEY, connection, files, id};

const CANARY: &str = "Canary-Kanarienvogel-金丝雀-7f3a";

/// Columns of text that hold ids and codes of ours, nothing that anybody typed.
const OUR_OWN: &[&str] = &[
    "id",
    "connection_id",
    "draft_id",
    "base_reading_id",
    "batch",
    "kind",
    "revision",
    "environment",
    "purpose",
    "state",
    "op",
    "status_group",
    "api_key_tail",
    "api_secret_tail",
    "persons",
    "base_persons",
    "waits_for",
    "upload_encoding",
    "file_type",
    "document_id",
    "scope",
    "draft",
];

/// One row in each table, with the canary in every column that somebody's words go into.
const ROWS: &str = r#"
    INSERT INTO customer_shelves VALUES (1, $id, 'active', 1);
    INSERT INTO customers VALUES (1, $id, $c, $c, $c, $c, $c, $c, 'active', 0, 1, $c, 1, 0, 0, 0, $c, $c, $c, 0, 0, 0,
        $c);
    INSERT INTO platform_lists VALUES ($id, $c, $c, $c, 0, 0, 0, NULL);
    INSERT INTO customers_parts (rowid, text) VALUES (1, $c);
    INSERT INTO customers_words (rowid, text) VALUES (1, $c);
    INSERT INTO readings VALUES (1, $id, $id, $c, $c, zeroblob(32), $c, 'active', 0, 0);
    INSERT INTO drafts (id, connection_id, purpose, customer_id, base_reading_id, state, seq, texts, persons, position, open,
            created_at, saved_at)
        VALUES ($id, $id, 'update', $c, $id, 'editing', 0, json_object('partner_customer_id', $c), '[]', $c, 0, 0, 0);
    INSERT INTO draft_edits VALUES ($id, 1, $id, 'set', $c, $c, $c, NULL, NULL, 0);
    INSERT INTO submissions VALUES ($id, $id, $id, 'new', $c, 0, CAST($c AS BLOB), zeroblob(32), '[]', $c, 'queued', 0, 0,
        $c, json_array($c), 0, 0, 0, $id, 0, NULL, NULL, NULL, 0, NULL, 0);
    INSERT INTO documents VALUES ($id, $id, $c, 'main_page', $c, $c, 1, zeroblob(32), NULL, 'sent', $c, $c, 0, 0,
        json_array($c), 0, NULL);
    INSERT INTO document_contents VALUES ($id, CAST($c AS BLOB), CAST($c AS BLOB));
    INSERT INTO draft_keys VALUES ('sandbox', 'identifier', $c, $id);
    INSERT INTO customer_keys VALUES ('sandbox', 'identifier', $c, 1);
    INSERT INTO activity VALUES (1, 0, $c, $c, $c, $c, $c, zeroblob(32));
    INSERT INTO settings VALUES ($c, $c);
"#;

fn fill(tx: &Transaction<'_>) -> SqlResult<()> {
    let words = || CANARY.to_owned();
    let [token_url, token_scope, test_json] = [(); 3].map(|()| Some(words()));
    let row = ConnectionRow { name: words(), base_url: words(), token_url, token_scope, test_json, ..connection(1) };
    connections::insert(tx, &row)?;
    tx.execute_batch(&ROWS.replace("$id", &format!("'{}'", id(1))).replace("$c", &format!("'{CANARY}'")))
}

#[tokio::test]
async fn no_text_of_any_column_is_found_in_a_file() {
    let desk = Desk::new();
    desk.store.write(fill).await.unwrap();
    let columns: Vec<(String, String)> = desk
        .store
        .read(|db| {
            let sql = "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c
                       WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND c.type = 'TEXT'";
            db.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
        .await
        .unwrap();
    assert!(columns.len() > 40, "{columns:?}");
    for (table, column) in columns {
        if OUR_OWN.contains(&column.as_str()) {
            continue;
        }
        let sql = format!("SELECT count(*) FROM {table} WHERE instr({column}, ?1) > 0");
        let found = desk.store.read(move |db| db.query_row(&sql, [CANARY], |row| row.get::<_, i64>(0))).await.unwrap();
        assert!(found > 0, "{table}.{column} holds no canary: a new column belongs into this test");
    }
    let utf16: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let key = hex::decode(KEY).unwrap();
    let not_to_be_found = [CANARY.as_bytes(), utf16.as_slice(), KEY.as_bytes(), key.as_slice(), b"CREATE TABLE"];
    let open = files(desk.folder.path());
    assert!(open["desk.db-wal"].len() > 4096, "the control: the log holds what was written");
    desk.store.close().await.unwrap();
    let closed = files(desk.folder.path());
    for (name, bytes) in open.iter().chain(&closed) {
        for text in not_to_be_found {
            assert!(!bytes.windows(text.len()).any(|part| part == text), "{name} has a plain text");
        }
    }
}
