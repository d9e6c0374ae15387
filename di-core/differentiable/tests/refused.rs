//! What is not supported is an error at the place, which says what to write instead.

#[test]
fn messages() {
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}
