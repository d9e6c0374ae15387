//! In which order a greedy colouring takes the vertices.

use super::queue::Queue;
use crate::SplitMix;
use crate::sparse::narrow;

/// An order of the vertices; a good one needs fewer colours.
///
/// # References
///
/// Gebremedhin, Nguyen, Patwary, Pothen, "`ColPack`: software for graph coloring and related problems in scientific
/// computing", *ACM Transactions on Mathematical Software* 40 (2013), section 3.
#[non_exhaustive]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// As they are numbered.
    #[default]
    Natural,
    /// Shuffled; the same for the same seed.
    Random(u64),
    /// By falling degree.
    LargestFirst,
    /// The vertex of smallest degree comes last; then the same for the graph without it.
    SmallestLast,
    /// Next is the vertex with the most neighbours already in the order.
    IncidenceDegree,
    /// Next is the vertex of largest degree; then the same for the graph without it.
    DynamicLargestFirst,
}

/// A graph, as far as orders look at it.
pub(super) trait Neighbors {
    fn len(&self) -> usize;

    /// Visits the neighbours of `v`; may visit one more than once, and `v` itself.
    fn for_each(&self, v: usize, visit: impl FnMut(usize));
}

impl Order {
    /// All vertices in this order.
    pub(super) fn arrange(self, graph: &impl Neighbors) -> Vec<u32> {
        let len = narrow(graph.len());
        match self {
            Self::Natural => (0..len).collect(),
            Self::Random(seed) => shuffled(len, seed),
            Self::LargestFirst => {
                let degrees = degrees(graph);
                let mut order: Vec<u32> = (0..len).collect();
                order.sort_by_key(|&v| std::cmp::Reverse(degrees[v as usize]));
                order
            }
            Self::SmallestLast => {
                let mut queue = Queue::new(&degrees(graph));
                let mut order = drain(graph, &mut queue, Queue::pop_smallest, Queue::decrease);
                order.reverse();
                order
            }
            Self::IncidenceDegree => {
                let mut queue = Queue::new(&vec![0; graph.len()]);
                drain(graph, &mut queue, Queue::pop_largest, Queue::increase)
            }
            Self::DynamicLargestFirst => {
                let mut queue = Queue::new(&degrees(graph));
                drain(graph, &mut queue, Queue::pop_largest, Queue::decrease)
            }
        }
    }
}

/// Visits each neighbour of `v` once, and not `v`. `marks` belongs to one sweep over all vertices.
fn for_each_once(graph: &impl Neighbors, v: usize, marks: &mut [u32], mut visit: impl FnMut(usize)) {
    let stamp = narrow(v);
    marks[v] = stamp;
    graph.for_each(v, |u| {
        if marks[u] != stamp {
            marks[u] = stamp;
            visit(u);
        }
    });
}

fn degrees(graph: &impl Neighbors) -> Vec<u32> {
    let mut marks = vec![u32::MAX; graph.len()];
    let mut degrees = vec![0; graph.len()];
    for (v, degree) in degrees.iter_mut().enumerate() {
        for_each_once(graph, v, &mut marks, |_| *degree += 1);
    }
    degrees
}

/// Takes all vertices out of the queue, touching the neighbours of each.
fn drain(
    graph: &impl Neighbors,
    queue: &mut Queue,
    pop: impl Fn(&mut Queue) -> Option<usize>,
    touch: impl Fn(&mut Queue, usize),
) -> Vec<u32> {
    let mut marks = vec![u32::MAX; graph.len()];
    let mut order = Vec::with_capacity(graph.len());
    while let Some(v) = pop(queue) {
        order.push(narrow(v));
        for_each_once(graph, v, &mut marks, |u| touch(queue, u));
    }
    order
}

/// Fisher and Yates' shuffle.
fn shuffled(len: u32, seed: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..len).collect();
    let mut random = SplitMix::new(seed);
    for last in (1..order.len()).rev() {
        // The upper half of a product maps the generator's range onto `0..=last`.
        let scaled = (u128::from(random.bits()) * (last as u128 + 1)) >> 64;
        order.swap(last, usize::try_from(scaled).unwrap_or(last));
    }
    order
}
