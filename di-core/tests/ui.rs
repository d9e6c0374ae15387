//! What the compiler says when a shadow cannot be derived, or is missing: the message must tell the remedy.
//!
//! `TRYBUILD=overwrite cargo test -p di-core --test ui` writes the snapshots anew.

#[test]
fn messages_tell_the_remedy() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
