//! Laws of derived shadows on random nested data.

use di_core::Shadow;
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq, Shadow)]
enum Node {
    Empty,
    Leaf(f64),
    Named { name: String, values: Vec<f64>, on: bool },
    Fixed(f32, Record),
    Boxed(Box<Node>, Option<f64>),
    Branch(Vec<Node>, [f64; 2]),
}

#[derive(Clone, Debug, PartialEq, Shadow)]
struct Record {
    #[shadow(constant)]
    table: Vec<f64>,
    count: usize,
    mean: f64,
}

/// The same with other floats and other constants; what derived code does, written in another way.
fn mapped(node: &Node, float: &dyn Fn(f64) -> f64, table: &dyn Fn(&[f64]) -> Vec<f64>) -> Node {
    match node.clone() {
        Node::Empty => Node::Empty,
        Node::Leaf(value) => Node::Leaf(float(value)),
        Node::Named { name, values, on } => Node::Named { name, values: values.into_iter().map(float).collect(), on },
        Node::Fixed(single, record) => {
            let single = if float(f64::from(single)) == 0.0 { 0.0 } else { single + 1.0 };
            Node::Fixed(single, Record { table: table(&record.table), mean: float(record.mean), ..record })
        }
        Node::Boxed(node, value) => Node::Boxed(Box::new(mapped(&node, float, table)), value.map(float)),
        Node::Branch(nodes, pair) => {
            Node::Branch(nodes.iter().map(|node| mapped(node, float, table)).collect(), pair.map(float))
        }
    }
}

fn zeroed(node: &Node) -> Node {
    mapped(node, &|_| 0.0, &<[f64]>::to_vec)
}

fn without_constants(node: &Node) -> Node {
    mapped(node, &|_| 0.0, &|_| Vec::new())
}

fn node() -> impl Strategy<Value = Node> {
    let float = -9.0..9.0_f64;
    let floats = || prop::collection::vec(-9.0..9.0_f64, 0..5);
    let leaf = prop_oneof![
        Just(Node::Empty),
        float.clone().prop_map(Node::Leaf),
        ("[a-z]{0,5}", floats(), any::<bool>()).prop_map(|(name, values, on)| Node::Named { name, values, on }),
        (0.0..1.0_f32, floats(), 0..9_usize, float.clone())
            .prop_map(|(single, table, count, mean)| Node::Fixed(single, Record { table, count, mean })),
    ];
    leaf.prop_recursive(4, 30, 4, move |inner| {
        prop_oneof![
            (inner.clone(), prop::option::of(float.clone()))
                .prop_map(|(node, value)| Node::Boxed(Box::new(node), value)),
            (prop::collection::vec(inner, 0..4), [float.clone(), float.clone()])
                .prop_map(|(nodes, pair)| Node::Branch(nodes, pair)),
        ]
    })
}

proptest! {
    #[test]
    fn every_float_is_zero_and_all_else_is_equal(node in node()) {
        prop_assert_eq!(node.make_zero(), zeroed(&node));
    }

    #[test]
    fn a_used_shadow_becomes_a_new_one(node in node()) {
        let mut shadow = mapped(&node.make_zero(), &|value| value + 1.0, &<[f64]>::to_vec);
        node.remake_zero(&mut shadow);
        prop_assert_eq!(shadow, node.make_zero());
    }

    #[test]
    fn a_shadow_of_another_shape_becomes_one_of_this(node in node(), mut shadow in node()) {
        node.remake_zero(&mut shadow);
        prop_assert_eq!(without_constants(&shadow), without_constants(&node.make_zero()));
    }
}
