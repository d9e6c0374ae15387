//! What is done to a formula before it is differentiated; the answers change by a factor at most.

/// Where the numbers go on their way through the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Passage {
    /// From input to output.
    Direct,
    /// Inputs are copied into a buffer that the function owns, outputs are computed from and into it.
    Buffer,
    /// Outputs are added onto a cache that the function owns, after it is set to zero, and read from it.
    Cache,
}

/// A way through the function, and a constant factor that changes between preparation and use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modifier {
    /// The modifier's name.
    pub name: &'static str,
    /// Where the numbers go.
    pub passage: Passage,
    /// The factor at preparation.
    pub prepared_factor: f64,
    /// The factor at use.
    pub factor: f64,
}

impl Modifier {
    /// The function as it is.
    pub const PLAIN: Self = Self { name: "plain", passage: Passage::Direct, prepared_factor: 1.0, factor: 1.0 };
    /// Closed over a writable buffer.
    pub const BUFFER: Self = Self { name: "buffer", passage: Passage::Buffer, ..Self::PLAIN };
    /// Through a cache.
    pub const CACHE: Self = Self { name: "cache", passage: Passage::Cache, ..Self::PLAIN };
    /// Multiplied by a constant that differs between preparation and use.
    pub const CONSTANT: Self = Self { name: "constant", prepared_factor: 7.0, factor: -3.0, ..Self::PLAIN };
    /// Multiplied by such a constant inside a cache.
    pub const CACHED_CONSTANT: Self = Self { name: "cached constant", passage: Passage::Cache, ..Self::CONSTANT };

    /// All modifiers, the plain one first.
    pub const ALL: [Self; 5] = [Self::PLAIN, Self::BUFFER, Self::CACHE, Self::CONSTANT, Self::CACHED_CONSTANT];
}
