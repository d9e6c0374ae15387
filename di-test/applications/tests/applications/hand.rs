//! The hand.

use crate::files::{assert_malformed, with_line};
use crate::support::{assert_close, check_jacobian, check_jacobian_by_differences};
use di_applications::{DataError, HandComplicated, HandJacobian, HandModel, HandSimple, adbench};

fn model() -> HandModel {
    HandModel::read(&adbench("hand/model")).unwrap()
}

fn simple() -> (HandSimple, Vec<f64>) {
    HandSimple::read(&model(), &adbench("hand/simple.txt")).unwrap()
}

fn complicated() -> (HandComplicated, Vec<f64>) {
    HandComplicated::read(&model(), &adbench("hand/complicated.txt")).unwrap()
}

fn by_hand(mut jacobian: HandJacobian<'_>, x: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut y, mut rows) = (vec![f64::NAN; 300], vec![f64::NAN; 300 * jacobian.columns()]);
    jacobian.value_and_jacobian_into(x, &mut y, &mut rows);
    (y, rows)
}

/// All columns, with zeros in those of other measured points.
fn dense(rows: &[f64]) -> Vec<f64> {
    let mut dense = vec![0.0; 300 * 226];
    for (i, (row, dense)) in rows.chunks(28).zip(dense.chunks_mut(226)).enumerate() {
        dense[..26].copy_from_slice(&row[..26]);
        dense[26 + i / 3 * 2..][..2].copy_from_slice(&row[26..]);
    }
    dense
}

/// Computed by another program, with a rotation by a quaternion.
#[test]
fn values_are_known() {
    let (f, x) = simple();
    let (y, _) = by_hand(HandJacobian::simple(&f), &x);
    assert_close(
        "first",
        &y[..3],
        &[0.192_243_394_535_880_57, 0.082_471_915_931_897_22, -0.236_519_466_547_532_14],
        1e-11,
    );
    assert_close("sum of squares", &[y.iter().map(|y| y * y).sum()], &[3.124_739_868_938_892_3], 1e-11);
    let (f, x) = complicated();
    let (y, _) = by_hand(HandJacobian::complicated(&f), &x);
    let last = [-0.098_191_763_092_419_37, -0.033_871_734_940_252_085, -0.109_570_469_791_863_13];
    assert_close("last", &y[297..], &last, 1e-11);
    assert_close("sum of squares", &[y.iter().map(|y| y * y).sum()], &[3.227_015_111_369_230_5], 1e-11);
}

#[test]
fn engines_agree_on_vertices() {
    let (f, x) = simple();
    for (what, x) in [("the file", x), ("a random pose", f.point(1)), ("another", f.point(2))] {
        let (y, jacobian) = by_hand(HandJacobian::simple(&f), &x);
        check_jacobian(what, &f, &x, &y, &jacobian);
        check_jacobian_by_differences(what, &f, &x, &jacobian, 1e-8);
    }
}

#[test]
fn engines_agree_on_triangles() {
    let (f, x) = complicated();
    for (what, x) in [("the file", x), ("a random pose", f.point(1))] {
        let (y, rows) = by_hand(HandJacobian::complicated(&f), &x);
        check_jacobian(what, &f, &x, &y, &dense(&rows));
    }
}

/// A hand that is not turned has derivatives of 0 in the turning.
#[test]
fn engines_agree_where_the_hand_is_not_turned() {
    let (f, mut x) = simple();
    x[..3].copy_from_slice(&[0.0, 1e-5, 0.0]);
    let (y, jacobian) = by_hand(HandJacobian::simple(&f), &x);
    check_jacobian("a small angle", &f, &x, &y, &jacobian);
    x[1] = 0.0;
    let (y, jacobian) = by_hand(HandJacobian::simple(&f), &x);
    check_jacobian("no angle", &f, &x, &y, &jacobian);
    assert!(jacobian.chunks(26).all(|row| row[..3] == [0.0; 3]));
}

/// The memory of one call leaves nothing behind for the next.
#[test]
fn calls_do_not_disturb_each_other() {
    let (f, _) = complicated();
    let mut again = HandJacobian::complicated(&f);
    for seed in [1, 2, 1] {
        let x = f.point(seed);
        let (mut y, mut rows) = (vec![0.0; 300], vec![0.0; 300 * 28]);
        again.value_and_jacobian_into(&x, &mut y, &mut rows);
        assert_eq!((y, rows), by_hand(HandJacobian::complicated(&f), &x));
    }
}

#[test]
fn measured_points_with_a_wrong_line_are_refused() {
    let (model, text) = (model(), std::fs::read_to_string(adbench("hand/simple.txt")).unwrap());
    for (what, number, line, expects) in [
        ("another number of parameters", 1, "100 25", "26 parameters"),
        ("a vertex that is not there", 2, "544 1 2 3", "measured point 1 of 100: a vertex below 544"),
        ("a short point", 3, "1 2 3", "measured point 2 of 100"),
        ("no number", 102, "theta", "parameter 1 of 26"),
    ] {
        assert_malformed(what, HandSimple::parse(&model, &with_line(&text, number, line)), number, expects);
    }
    let text = std::fs::read_to_string(adbench("hand/complicated.txt")).unwrap();
    for (what, number, line, expects) in [
        ("a triangle that is not there", 2, "1084 1 2 3", "a triangle below 1084"),
        ("one coordinate", 102, "0.5", "point of a triangle 1 of 100"),
    ] {
        assert_malformed(what, HandComplicated::parse(&model, &with_line(&text, number, line)), number, expects);
    }
}

#[test]
fn a_model_with_a_wrong_line_is_refused() {
    let [bones, vertices, triangles] = ["bones", "vertices", "triangles"]
        .map(|name| std::fs::read_to_string(adbench(&format!("hand/model/{name}.txt"))).unwrap());
    assert!(HandModel::parse(&bones, &vertices, &triangles).is_ok());
    let map = "1:0:0:0:0:1:0:0:0:0:1:0:0:0:0:1";
    for (what, line) in [
        ("no maps", "thumb1:0".to_owned()),
        ("a bone after its child", format!("thumb1:1:{map}:{map}")),
        ("a parent that is no bone", format!("thumb1:-2:{map}:{map}")),
        ("a projection", format!("thumb1:0:{map}:1:0:0:0:0:1:0:0:0:0:1:0:0:0:1:1")),
        ("a word", format!("thumb1:0:{map}:one{}", &map[1..])),
    ] {
        let refused = HandModel::parse(&with_line(&bones, 2, &line), &vertices, &triangles);
        assert_malformed(what, refused, 2, "two affine maps");
    }
    let few: Vec<&str> = bones.lines().take(20).collect();
    assert_malformed("few bones", HandModel::parse(&few.join("\n"), &vertices, &triangles), 21, "21 at least");
    for (what, line) in [
        ("a missing count", "1:2:3:0:0:0:0:0"),
        ("another count of pairs", "1:2:3:0:0:0:0:0:2:1:1"),
        ("a bone that is not there", "1:2:3:0:0:0:0:0:1:22:1"),
        ("a huge count", "1:2:3:0:0:0:0:0:18446744073709551615"),
    ] {
        let refused = HandModel::parse(&bones, &with_line(&vertices, 3, line), &triangles);
        assert_malformed(what, refused, 3, "pairs of a bone and a weight");
    }
    let refused = HandModel::parse(&bones, &vertices, &with_line(&triangles, 4, "1:2:544"));
    assert_malformed("a vertex that is not there", refused, 4, "whole numbers below 544");
    assert_malformed("no skin", HandModel::parse(&bones, "", &triangles), 1, "a vertex");
    let none = HandSimple::new(&model(), vec![], vec![]);
    assert!(matches!(none, Err(DataError::TooFew { .. })));
    let outside = HandSimple::new(&model(), vec![544], vec![[0.0; 3]]);
    assert!(matches!(outside, Err(DataError::Index { index: 544, count: 544, .. })));
}
