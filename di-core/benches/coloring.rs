//! Time of patterns, colourings and decompression for each entry of a five-point stencil of 10³ to 10⁶ unknowns.
//!
//! With `DI_QUICK` set only the two smaller grids are looked at.
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use di_core::ndarray::Array2;
use di_core::{ColoringKind, ColoringMethod, Grid, Pattern, SparseMatrix};

const KINDS: [(&str, ColoringKind); 4] = [
    ("columns", ColoringKind::Columns),
    ("star", ColoringKind::Star),
    ("acyclic", ColoringKind::Acyclic),
    ("bidirectional", ColoringKind::Bidirectional),
];

fn stencils(criterion: &mut Criterion) {
    let sides: &[usize] = if std::env::var_os("DI_QUICK").is_some() { &[32, 100] } else { &[32, 100, 316, 1000] };
    for &side in sides {
        let unknowns = side * side;
        let pattern = Grid::new(&[side, side]).star(1).unwrap();
        let mut group = criterion.benchmark_group(format!("stencil of {unknowns}"));
        group.sample_size(10).throughput(Throughput::Elements(pattern.nnz() as u64));
        group.bench_function("pattern from a grid", |bencher| {
            bencher.iter(|| Grid::new(&[side, side]).star(1).unwrap());
        });
        group.bench_function("pattern from entries", |bencher| {
            bencher.iter(|| Pattern::from_entries(unknowns, unknowns, pattern.entries()).unwrap());
        });
        for (name, kind) in KINDS {
            let method = ColoringMethod::new(kind);
            group.bench_with_input(BenchmarkId::new("color", name), &method, |bencher, method| {
                bencher.iter(|| method.color(&pattern).unwrap());
            });
            let coloring = method.color(&pattern).unwrap();
            let by_columns = Array2::<f64>::ones((unknowns, coloring.column_color_count()));
            let by_rows = Array2::<f64>::ones((unknowns, coloring.row_color_count()));
            let mut matrix = SparseMatrix::zeros(pattern.clone());
            group.bench_function(BenchmarkId::new("decompress", name), |bencher| {
                bencher.iter(|| {
                    coloring.decompress_both_into(by_columns.view(), by_rows.view(), &mut matrix).unwrap();
                });
            });
        }
    }
}

criterion_group!(benches, stencils);
criterion_main!(benches);
